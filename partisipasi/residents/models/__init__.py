from .appointment import Appointment, Role
from .person import Body, Membership, Person, Unsur
from .user import User

__all__ = ["Appointment", "Body", "Membership", "Person", "Role", "Unsur", "User"]
