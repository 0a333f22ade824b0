"""Networks and data from elsewhere, and the neighbouring theorems at work: what the three rooms are for."""
