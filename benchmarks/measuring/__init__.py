"""What measures a site and other builders: processes, previews, sizes and tables of figures."""
