"""Blocks of the Payment terms screen."""
