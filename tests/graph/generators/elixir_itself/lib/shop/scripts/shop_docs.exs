[
  assets: %{Path.expand("lib/elixir/pages") => "none", Path.expand("./pages/images") => "images"},
  extras: ["lib/shop/pages/first/start.md"]
]
