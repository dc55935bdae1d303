exec(open("../conf.py").read())
