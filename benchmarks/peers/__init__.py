"""The assistant beside plain baselines and two peers: same model, same passages, same machine (`make peers`)."""
