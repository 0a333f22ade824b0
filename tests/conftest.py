"""How the tests run here: no verdict depends on how fast the machine is, what else it does, or who started them."""

import signal

from hypothesis import HealthCheck, settings

settings.register_profile("exact", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("exact")

signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell ignores it for what runs in the background
