// What stands for what.
[("gz", "archive"), ("md", "text")]
