"""What answers of all subjects share: findings, tiles, sums of money, typed rows."""
