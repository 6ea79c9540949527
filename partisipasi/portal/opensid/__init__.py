"""What a village brings along from OpenSID, out of its MySQL dump: one way, without MySQL, as often as one likes."""
