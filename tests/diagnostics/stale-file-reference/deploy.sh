#!/bin/sh
exec kubectl apply -f .
