; A small setup such as vendors make, for one person or for all, with the exit codes that are asked for.
;   /S  silent       /SCOPE=user|machine       /EXIT=N  ends with N after installing
Unicode true
Target amd64-unicode
!include FileFunc.nsh
!include LogicLib.nsh
Name "${NAME}"
OutFile "${OUT}"
RequestExecutionLevel user
InstallDir "$LOCALAPPDATA\Programs\${NAME}"
SilentInstall silent
!define UNINSTALL "Software\Microsoft\Windows\CurrentVersion\Uninstall\${KEY}"
VIProductVersion "${VERSION}"
VIAddVersionKey "ProductName" "${NAME}"
VIAddVersionKey "FileDescription" "${NAME} setup"
VIAddVersionKey "LegalCopyright" "none"
VIAddVersionKey "FileVersion" "${VERSION}"
Var Scope

Function .onInit
  SetRegView 64
  ${GetParameters} $0
  ClearErrors
  ${GetOptions} $0 "/SCOPE=" $Scope
  ${If} $Scope == "machine"
    SetShellVarContext all
    StrCpy $INSTDIR "$PROGRAMFILES64\${NAME}"
  ${EndIf}
FunctionEnd

Section
  SetOutPath "$INSTDIR"
  File "/oname=viewer.exe" "${PROGRAM}"
  WriteUninstaller "$INSTDIR\unins000.exe"
  CreateShortcut "$SMPROGRAMS\${NAME}.lnk" "$INSTDIR\viewer.exe" '--from "start menu"'
  CreateShortcut "$SMPROGRAMS\Uninstall ${NAME}.lnk" "$INSTDIR\unins000.exe"
  WriteRegStr SHCTX "${UNINSTALL}" "DisplayName" "${NAME}"
  WriteRegStr SHCTX "${UNINSTALL}" "DisplayVersion" "${VERSION}"
  WriteRegStr SHCTX "${UNINSTALL}" "Publisher" "Example Systems"
  WriteRegStr SHCTX "${UNINSTALL}" "InstallLocation" "$INSTDIR"
  WriteRegStr SHCTX "${UNINSTALL}" "DisplayIcon" "$INSTDIR\viewer.exe,0"
  WriteRegStr SHCTX "${UNINSTALL}" "UninstallString" '"$INSTDIR\unins000.exe"'
  ${GetParameters} $0
  ClearErrors
  ${GetOptions} $0 "/EXIT=" $1
  ${IfNot} ${Errors}
    SetErrorLevel $1
  ${EndIf}
SectionEnd

Section "Uninstall"
  SetRegView 64
  ReadRegStr $0 HKLM "${UNINSTALL}" "InstallLocation"
  ${If} $0 == $INSTDIR
    SetShellVarContext all
  ${EndIf}
  Delete "$INSTDIR\viewer.exe"
  Delete "$INSTDIR\unins000.exe"
  Delete "$SMPROGRAMS\${NAME}.lnk"
  Delete "$SMPROGRAMS\Uninstall ${NAME}.lnk"
  DeleteRegKey SHCTX "${UNINSTALL}"
  RMDir "$INSTDIR"
SectionEnd
