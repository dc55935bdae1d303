#!/bin/sh
set -eu
exec shop
