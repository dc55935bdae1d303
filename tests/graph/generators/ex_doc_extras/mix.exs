defmodule Carts.MixProject do
  defp docs do
    [extras: ["guides/rotation.md", "specs/README.md"]]
  end
end
