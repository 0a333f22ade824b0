"""How hypothesis runs here: no verdict depends on how fast the machine is, or what else it does."""

from hypothesis import HealthCheck, settings

settings.register_profile("exact", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("exact")
