import subprocess
extensions = ["myst_parser"]
subprocess.run(["shop", "manpage", "--format=md"])
