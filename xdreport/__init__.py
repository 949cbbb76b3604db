"""xdreport: selected sections and indicators of a data folder as Word and PDF documents."""

__version__ = "0.1.0"
