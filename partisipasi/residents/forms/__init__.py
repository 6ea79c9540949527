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
from .message_lists import MessageListForm, RecipientSearchForm
from .notices import FollowForm, NoticeSettingsForm
from .password_codes import PasswordCodeForm
from .profile import ProfileForm
from .verification import LetterCodeForm, NikForm

__all__ = [
    "ActivateTOTPForm",
    "AddEmailForm",
    "ChangePasswordForm",
    "CodeForm",
    "FollowForm",
    "ForgottenPasswordForm",
    "LetterCodeForm",
    "MessageListForm",
    "NewPasswordForm",
    "NikForm",
    "NoticeSettingsForm",
    "PasswordCodeForm",
    "PhoneForm",
    "ProfileForm",
    "ReauthenticateCodeForm",
    "ReauthenticateForm",
    "RecipientSearchForm",
    "SetPasswordForm",
    "SignInForm",
    "SignUpForm",
]
