; SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
; SPDX-License-Identifier: Apache-2.0
;
; The setup of an SES application for Windows. It carries CONNECTION Client's setup and runs it first where the
; client is missing or older: installing an application brings the client along.
;   /S         silent, handed on to the client's setup
;   /AllUsers  for everybody, the client as well; needs administrator rights
; Exit codes: 0 done, 2 stopped; otherwise that of the client's setup, and nothing of the application was changed.
Unicode true
Target amd64-unicode
ManifestDPIAware true
ManifestSupportedOS all
RequestExecutionLevel user
SetCompressor lzma
!include FileFunc.nsh
!include LogicLib.nsh
!include WordFunc.nsh
!include x64.nsh

!define UNINSTALL "Software\Microsoft\Windows\CurrentVersion\Uninstall"
Name "${NAME}"
OutFile "${OUT}"
!ifdef SIGN
  !uninstfinalize '${SIGN} "%1"' = 0
!endif
InstallDir "$LOCALAPPDATA\Programs\${NAME}"
BrandingText " "
VIProductVersion "${VERSION}"
VIAddVersionKey "ProductName" "${NAME}"
VIAddVersionKey "CompanyName" "The CONNECTION Client developers"
VIAddVersionKey "FileDescription" "${NAME} setup"
VIAddVersionKey "LegalCopyright" "Apache-2.0"
VIAddVersionKey "FileVersion" "${VERSION}"
Page instfiles
UninstPage uninstConfirm
UninstPage instfiles
Var Scope

; The version of the client that is here, for everybody or for this person; "" where there is none.
!macro ReadClient
  ReadRegStr $0 HKLM "${UNINSTALL}\connection-client" "DisplayVersion"
  ${If} $0 == ""
    ReadRegStr $0 HKCU "${UNINSTALL}\connection-client" "DisplayVersion"
  ${EndIf}
!macroend

Function .onInit
  SetRegView 64
  StrCpy $Scope "CurrentUser"
  ${GetParameters} $0
  ClearErrors
  ${GetOptions} $0 "/AllUsers" $1
  ${IfNot} ${Errors}
    StrCpy $Scope "AllUsers"
    SetShellVarContext all
    StrCpy $INSTDIR "$PROGRAMFILES64\${NAME}"
  ${EndIf}
FunctionEnd

Section "CONNECTION Client"
  !insertmacro ReadClient
  StrCpy $1 2
  ${If} $0 != ""
    ${VersionCompare} "$0" "${CLIENT_VERSION}" $1
  ${EndIf}
  ${If} $1 == 2 ; missing or older
    InitPluginsDir
    File "/oname=$PLUGINSDIR\client.exe" "${CLIENT}"
    ExecWait '"$PLUGINSDIR\client.exe" /S /$Scope' $2
    ${If} $2 != 0
      DetailPrint "CONNECTION Client could not be installed ($2). ${NAME} was not changed. Start the setup again."
      SetErrorLevel $2
      Quit
    ${EndIf}
  ${EndIf}
SectionEnd

Section "Application"
  SetOutPath "$INSTDIR"
  File /r "${TREE}\*.*"
  WriteUninstaller "$INSTDIR\uninstall.exe"
  CreateShortcut "$SMPROGRAMS\${NAME}.lnk" "$INSTDIR\${KEY}.pyw"
  WriteRegStr SHCTX "${UNINSTALL}\${KEY}" "DisplayName" "${NAME}"
  WriteRegStr SHCTX "${UNINSTALL}\${KEY}" "DisplayVersion" "${VERSION}"
  WriteRegStr SHCTX "${UNINSTALL}\${KEY}" "Publisher" "The CONNECTION Client developers"
  WriteRegStr SHCTX "${UNINSTALL}\${KEY}" "InstallLocation" "$INSTDIR"
  WriteRegStr SHCTX "${UNINSTALL}\${KEY}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr SHCTX "${UNINSTALL}\${KEY}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
SectionEnd

; The client stays: other applications ask it as well.
Section "Uninstall"
  SetRegView 64
  ReadRegStr $0 HKLM "${UNINSTALL}\${KEY}" "InstallLocation"
  ${If} $0 == $INSTDIR
    SetShellVarContext all
  ${EndIf}
  RMDir /r "$INSTDIR\examples"
  RMDir /r "$INSTDIR\connection_client"
  Delete "$INSTDIR\${KEY}.pyw"
  Delete "$INSTDIR\uninstall.exe"
  Delete "$SMPROGRAMS\${NAME}.lnk"
  DeleteRegKey SHCTX "${UNINSTALL}\${KEY}"
  RMDir "$INSTDIR"
SectionEnd
