defmodule Shop.MixProject do
  defp docs do
    [extras: Path.wildcard("pages/*/*.md"), assets: %{"images/" => "assets"}]
  end
end
