from .accounts import (
    ActivateTOTPForm,
    AddEmailForm,
    ChangePasswordForm,
    CodeForm,
    ForgottenPasswordForm,
    NewPasswordForm,
    PhoneForm,
    ReauthenticateCodeForm,
    ReauthenticateForm,
    SetPasswordForm,
    SignInForm,
    SignUpForm,
)
from .notices import FollowForm

__all__ = [
    "ActivateTOTPForm",
    "AddEmailForm",
    "ChangePasswordForm",
    "CodeForm",
    "FollowForm",
    "ForgottenPasswordForm",
    "NewPasswordForm",
    "PhoneForm",
    "ReauthenticateCodeForm",
    "ReauthenticateForm",
    "SetPasswordForm",
    "SignInForm",
    "SignUpForm",
]
