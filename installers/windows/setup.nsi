; SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
; SPDX-License-Identifier: Apache-2.0
;
; The setup for Windows, for one person or for everybody. docs/deployment.md tells administrators:
;   /S             silent
;   /CurrentUser   for the person who runs it (the usual choice)
;   /AllUsers      for everybody; needs administrator rights
;   /NoAutostart   do not start with the session
;   /D=FOLDER      into another folder; last and without quotes
; Exit codes: 0 done, 1 cancelled by the person, 2 stopped, 32 the client runs and does not end,
;             740 needs administrator rights, 1633 not made for this Windows.
Unicode true
Target amd64-unicode
ManifestDPIAware true
ManifestSupportedOS all

!define APP "CONNECTION Client"
!define TRAY "CONNECTION Client.exe"
!define CONSOLE "connection-client.exe"
!define UNINSTALL "Software\Microsoft\Windows\CurrentVersion\Uninstall\connection-client"
!define RUN "Software\Microsoft\Windows\CurrentVersion\Run"
!define APP_PATH "Software\Microsoft\Windows\CurrentVersion\App Paths\${CONSOLE}"
!define PROTOCOL "Software\Classes\connection-client"
!define IN_USE 32
!define NEEDS_RIGHTS 740
!define NOT_FOR_THIS_WINDOWS 1633
!define WAS_RUNNING 10

!define MULTIUSER_EXECUTIONLEVEL Highest
!define MULTIUSER_MUI
!define MULTIUSER_INSTALLMODE_COMMANDLINE
!define MULTIUSER_INSTALLMODE_DEFAULT_CURRENTUSER
!define MULTIUSER_USE_PROGRAMFILES64
!define MULTIUSER_INSTALLMODE_INSTDIR "${APP}"
!define MULTIUSER_INSTALLMODE_DEFAULT_REGISTRY_KEY "${UNINSTALL}"
!define MULTIUSER_INSTALLMODE_DEFAULT_REGISTRY_VALUENAME "UninstallString"
!define MULTIUSER_INSTALLMODE_INSTDIR_REGISTRY_KEY "${UNINSTALL}"
!define MULTIUSER_INSTALLMODE_INSTDIR_REGISTRY_VALUENAME "InstallLocation"
!include MultiUser.nsh
!include MUI2.nsh
!include LogicLib.nsh
!include FileFunc.nsh
!include WinVer.nsh
!include x64.nsh
!include "${WORK}\files.nsh"

Name "${APP}"
OutFile "${OUT}"
!ifdef SIGN
  !uninstfinalize '${SIGN} "%1"' = 0
!endif
BrandingText " "
SetCompressor ${COMPRESSOR}
VIProductVersion "${NUMBERS}"
VIAddVersionKey "ProductName" "${APP}"
VIAddVersionKey "CompanyName" "The CONNECTION Client developers"
VIAddVersionKey "FileDescription" "${APP} setup"
VIAddVersionKey "LegalCopyright" "Apache-2.0"
VIAddVersionKey "FileVersion" "${VERSION}"
VIAddVersionKey "ProductVersion" "${VERSION}"

!define MUI_ICON "${WORK}\client.ico"
!define MUI_UNICON "${WORK}\client.ico"
!insertmacro MULTIUSER_PAGE_INSTALLMODE
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "English"

Var Restart
Var Upgrade

; Ask the client of this person to end and wait for it; it is never ended by force.
!macro CloseClient
  StrCpy $Restart ""
  ${If} ${FileExists} "$INSTDIR\${TRAY}"
    ExecWait '"$INSTDIR\${TRAY}" --quit' $0
    ${If} $0 == ${WAS_RUNNING}
      StrCpy $Restart "yes"
    ${EndIf}
    StrCpy $1 0
    ${Do}
      ; Both programs use what lies beside them: the tray, and a command line or what the tray started.
      ClearErrors
      FileOpen $2 "$INSTDIR\${TRAY}" a
      ${IfNot} ${Errors}
        FileClose $2
        FileOpen $2 "$INSTDIR\${CONSOLE}" a
        ${IfNot} ${Errors}
          FileClose $2
          ${ExitDo}
        ${EndIf}
      ${EndIf}
      IntOp $1 $1 + 1
      ${If} $1 > 100
        DetailPrint "${APP} runs and does not end. Nothing was changed. Close it and start again."
        SetErrorLevel ${IN_USE}
        Quit
      ${EndIf}
      Sleep 200
    ${Loop}
  ${EndIf}
!macroend

Function .onInit
  SetRegView 64
  ${IfNot} ${RunningX64}
  ${OrIfNot} ${AtLeastWin10}
    SetErrorLevel ${NOT_FOR_THIS_WINDOWS}
    Quit
  ${EndIf}
  !insertmacro MULTIUSER_INIT
  ${GetParameters} $0
  ClearErrors
  ${GetOptions} $0 "/AllUsers" $1
  ${IfNot} ${Errors}
  ${AndIf} $MultiUser.InstallMode != "AllUsers"
    SetErrorLevel ${NEEDS_RIGHTS}
    Quit
  ${EndIf}
FunctionEnd

Function un.onInit
  SetRegView 64
  !insertmacro MULTIUSER_UNINIT
FunctionEnd

Section "Client"
  !insertmacro CloseClient
  ; What the version before had and this one has not must not stay: its own remover knows.
  StrCpy $Upgrade ""
  ${If} ${FileExists} "$INSTDIR\uninstall.exe"
    StrCpy $Upgrade "yes"
    ExecWait '"$INSTDIR\uninstall.exe" /S /Replaced /$MultiUser.InstallMode _?=$INSTDIR'
  ${EndIf}
  SetOutPath "$INSTDIR"
  File /r "${BUNDLE}\*.*"
  WriteUninstaller "$INSTDIR\uninstall.exe"
  CreateShortcut "$SMPROGRAMS\${APP}.lnk" "$INSTDIR\${TRAY}"
  ExecWait '"$INSTDIR\${TRAY}" --write-shortcut "$SMPROGRAMS\${APP}.lnk"'
  CreateShortcut "$INSTDIR\Start in the tray.lnk" "$INSTDIR\${TRAY}" "--hidden"

  WriteRegStr SHCTX "${UNINSTALL}" "DisplayName" "${APP}"
  WriteRegStr SHCTX "${UNINSTALL}" "DisplayVersion" "${VERSION}"
  WriteRegStr SHCTX "${UNINSTALL}" "Publisher" "The CONNECTION Client developers"
  WriteRegStr SHCTX "${UNINSTALL}" "InstallLocation" "$INSTDIR"
  WriteRegStr SHCTX "${UNINSTALL}" "DisplayIcon" "$INSTDIR\${TRAY},0"
  WriteRegStr SHCTX "${UNINSTALL}" "UninstallString" '"$INSTDIR\uninstall.exe" /$MultiUser.InstallMode'
  WriteRegStr SHCTX "${UNINSTALL}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S /$MultiUser.InstallMode'
  WriteRegDWORD SHCTX "${UNINSTALL}" "NoModify" 1
  WriteRegDWORD SHCTX "${UNINSTALL}" "NoRepair" 1
  WriteRegDWORD SHCTX "${UNINSTALL}" "EstimatedSize" ${KILOBYTES}

  WriteRegStr SHCTX "${APP_PATH}" "" "$INSTDIR\${CONSOLE}"
  WriteRegStr SHCTX "${PROTOCOL}" "" "URL:${APP}"
  WriteRegStr SHCTX "${PROTOCOL}" "URL Protocol" ""
  WriteRegStr SHCTX "${PROTOCOL}\DefaultIcon" "" "$INSTDIR\${TRAY},0"
  WriteRegStr SHCTX "${PROTOCOL}\shell\open\command" "" '"$INSTDIR\${TRAY}" "%1"'

  ${GetParameters} $0
  ClearErrors
  ${GetOptions} $0 "/NoAutostart" $1
  ${If} ${Errors}
  ${AndIf} $Upgrade == ""
    WriteRegStr SHCTX "${RUN}" "${APP}" '"$INSTDIR\${TRAY}" --hidden --with-session'
  ${EndIf}

  ${If} $Restart == "yes"
    ${If} $MultiUser.InstallMode == "AllUsers"
      ; Explorer starts it with the rights of the person, not with those of this setup.
      Exec '"$WINDIR\explorer.exe" "$INSTDIR\Start in the tray.lnk"'
    ${Else}
      Exec '"$INSTDIR\${TRAY}" --hidden'
    ${EndIf}
  ${EndIf}
SectionEnd

Section "Uninstall"
  ${GetParameters} $0
  ClearErrors
  ${GetOptions} $0 "/Replaced" $1
  ${If} ${Errors}
    !insertmacro CloseClient
    DeleteRegValue SHCTX "${RUN}" "${APP}"
  ${EndIf}
  ; The person's settings and the sign-in stay: they belong to the person.
  !insertmacro RemoveFiles
  Delete "$SMPROGRAMS\${APP}.lnk"
  Delete "$INSTDIR\Start in the tray.lnk"
  DeleteRegKey SHCTX "${UNINSTALL}"
  DeleteRegKey SHCTX "${APP_PATH}"
  DeleteRegKey SHCTX "${PROTOCOL}"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
SectionEnd
