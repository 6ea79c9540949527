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

__all__ = [
    "ActivateTOTPForm",
    "AddEmailForm",
    "ChangePasswordForm",
    "CodeForm",
    "ForgottenPasswordForm",
    "NewPasswordForm",
    "PhoneForm",
    "ReauthenticateCodeForm",
    "ReauthenticateForm",
    "SetPasswordForm",
    "SignInForm",
    "SignUpForm",
]
