"""What blocks are drawn with: headings, charts, tables, tiles, exports, editable grids."""
