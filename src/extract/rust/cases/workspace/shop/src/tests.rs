fn broken(
