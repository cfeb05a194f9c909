"""Measurements that are no tests: speed, and peers in the same run."""
