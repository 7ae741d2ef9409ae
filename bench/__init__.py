"""Benchmarks: run by hand, on servers of their own, with their last figures in the file."""
