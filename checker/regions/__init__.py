"""How many linear regions and activation regions a network of one or two inputs has, exactly (FORMAT.md, Regions)."""
