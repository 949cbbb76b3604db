"""Readers: what comes in becomes a `Catalog`. Each has `read(path) -> Catalog` and raises `Failed`."""
