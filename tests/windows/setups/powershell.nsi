; Stands where Windows has its PowerShell and notes what it was told: Wine installs no MSIX packages.
; What it does is written in HKCU\Software\Stand-in PowerShell: `register` and `provision` are exit codes,
; `package` and `folder` what is registered for the person where the first is 0. `calls` is what it was told.
Unicode true
Target amd64-unicode
!include LogicLib.nsh
!include StrFunc.nsh
${StrLoc}
Name "Stand-in PowerShell"
OutFile "${OUT}"
RequestExecutionLevel user
SilentInstall silent
!define OWN "Software\Stand-in PowerShell"
!define PACKAGES "Software\Classes\Local Settings\Software\Microsoft\Windows\CurrentVersion\AppModel\Repository\Packages"

Section
  SetRegView 64
  ReadEnvStr $0 "CONNECTION_CLIENT_PACKAGE"
  ReadEnvStr $1 "PSModulePath"
  ReadRegStr $2 HKCU "${OWN}" "calls"
  StrCpy $3 "register"
  ${StrLoc} $4 "$CMDLINE" "Add-AppxProvisionedPackage" ">"
  ${If} $4 != ""
    StrCpy $3 "provision"
  ${EndIf}
  WriteRegStr HKCU "${OWN}" "calls" "$2$3|$0|$1$\n"
  WriteRegStr HKCU "${OWN}" "command" "$CMDLINE"
  ReadRegDWORD $5 HKCU "${OWN}" "$3"
  ${If} $3 == "register"
  ${AndIf} $5 == 0
    ReadRegStr $6 HKCU "${OWN}" "package"
    ReadRegStr $7 HKCU "${OWN}" "folder"
    WriteRegStr HKCU "${PACKAGES}\$6" "PackageRootFolder" "$7"
  ${EndIf}
  SetErrorLevel $5
SectionEnd
