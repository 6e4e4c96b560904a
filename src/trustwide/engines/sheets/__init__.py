"""Tables in and out: people's CSV, XLSX and Parquet files read with care, and cells that are safe to open."""
