# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Who signed a Windows program (Authenticode), asked from Windows; it is silent on what it does not trust.

https://learn.microsoft.com/windows/win32/api/wintrust/nf-wintrust-winverifytrust
"""

import ctypes
import sys
import uuid
from ctypes import wintypes
from pathlib import Path

_VERIFY_V2 = uuid.UUID("00AAC56B-CD44-11D0-8CC2-00C04FC295EE")
_NO_UI, _WHOLE_CHAIN, _FILE, _VERIFY, _CLOSE = 2, 1, 1, 1, 2
_CACHE_ONLY = 0x1000  # revocation lists that are here; an offline computer can still install
_ORGANISATION = b"2.5.4.10"  # id-at-organizationName, X.520
_NAME_ATTRIBUTE = 3
_LONGEST = 256


class _FileInfo(ctypes.Structure):
    """WINTRUST_FILE_INFO."""

    _fields_ = (
        ("size", wintypes.DWORD),
        ("path", wintypes.LPCWSTR),
        ("handle", wintypes.HANDLE),
        ("subject", ctypes.c_void_p),
    )


class _TrustData(ctypes.Structure):
    """WINTRUST_DATA."""

    _fields_ = (
        ("size", wintypes.DWORD),
        ("policy", ctypes.c_void_p),
        ("sip", ctypes.c_void_p),
        ("ui", wintypes.DWORD),
        ("revocation", wintypes.DWORD),
        ("choice", wintypes.DWORD),
        ("file", ctypes.POINTER(_FileInfo)),
        ("action", wintypes.DWORD),
        ("state", wintypes.HANDLE),
        ("url", ctypes.c_void_p),
        ("flags", wintypes.DWORD),
        ("context", wintypes.DWORD),
        ("settings", ctypes.c_void_p),
    )


def signer_of(path: Path) -> str:
    """The organisation that signed the file; empty where it is unsigned, changed or not trusted here."""
    if sys.platform == "win32":
        trust = ctypes.WinDLL("wintrust")
        action = (ctypes.c_byte * 16).from_buffer_copy(_VERIFY_V2.bytes_le)
        file = _FileInfo(size=ctypes.sizeof(_FileInfo), path=str(path))
        data = _TrustData(
            size=ctypes.sizeof(_TrustData),
            ui=_NO_UI,
            revocation=_WHOLE_CHAIN,
            choice=_FILE,
            file=ctypes.pointer(file),
            action=_VERIFY,
            flags=_CACHE_ONLY,
        )
        nobody = wintypes.HWND(-1)  # INVALID_HANDLE_VALUE: never ask anybody
        try:
            problem = trust.WinVerifyTrust(nobody, ctypes.byref(action), ctypes.byref(data))
            return "" if problem else _organisation(trust, data)
        finally:
            data.action = _CLOSE
            trust.WinVerifyTrust(nobody, ctypes.byref(action), ctypes.byref(data))
    raise NotImplementedError


if sys.platform == "win32":

    def _organisation(trust: ctypes.WinDLL, data: _TrustData) -> str:
        """The name in the signer's certificate, which comes first in its chain."""
        trust.WTHelperProvDataFromStateData.restype = ctypes.c_void_p
        trust.WTHelperGetProvSignerFromChain.restype = ctypes.c_void_p
        trust.WTHelperGetProvCertFromChain.restype = ctypes.POINTER(_ProviderCertificate)
        provider = trust.WTHelperProvDataFromStateData(wintypes.HANDLE(data.state))
        signer = provider and trust.WTHelperGetProvSignerFromChain(ctypes.c_void_p(provider), 0, 0, 0)
        certificate = signer and trust.WTHelperGetProvCertFromChain(ctypes.c_void_p(signer), 0)
        if not certificate:
            return ""
        name = ctypes.create_unicode_buffer(_LONGEST)
        ctypes.WinDLL("crypt32").CertGetNameStringW(
            ctypes.c_void_p(certificate.contents.certificate),
            _NAME_ATTRIBUTE,
            0,
            ctypes.c_char_p(_ORGANISATION),
            name,
            _LONGEST,
        )
        return name.value


class _ProviderCertificate(ctypes.Structure):
    """CRYPT_PROVIDER_CERT, as far as it is wanted."""

    _fields_ = (("size", wintypes.DWORD), ("certificate", ctypes.c_void_p))
