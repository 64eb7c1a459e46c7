@echo off
rem Starts Hikkoshi: without arguments, or with workbench, the window; anything else is a headless command (hikkoshi --help).
setlocal
set "HOME_DIR=%~dp0"
set "JAVA_EXE="
if exist "%HOME_DIR%jre\bin\java.exe" set "JAVA_EXE=%HOME_DIR%jre\bin\java.exe"
if not defined JAVA_EXE if defined JAVA_HOME if exist "%JAVA_HOME%\bin\java.exe" set "JAVA_EXE=%JAVA_HOME%\bin\java.exe"
if not defined JAVA_EXE set "JAVA_EXE=java.exe"
set "LAUNCHER="
for %%f in ("%HOME_DIR%plugins\org.eclipse.equinox.launcher_*.jar") do set "LAUNCHER=%%f"
if not defined LAUNCHER (
  echo hikkoshi: the installation in %HOME_DIR% is incomplete 1>&2
  exit /b 70
)
if not defined HIKKOSHI_STATE set "HIKKOSHI_STATE=%USERPROFILE%\.hikkoshi"
if not defined HIKKOSHI_WORKSPACE set "HIKKOSHI_WORKSPACE=%HIKKOSHI_STATE%\workspace"
set "VM=--enable-native-access=ALL-UNNAMED -XX:+UseCompactObjectHeaders"
if "%~1"=="" goto window
if /i "%~1"=="workbench" goto window
"%JAVA_EXE%" %VM% -Xmx512m -Djava.awt.headless=true %HIKKOSHI_JAVA_OPTS% -jar "%LAUNCHER%" -nosplash -application hikkoshi.cli.headless -configuration "%HIKKOSHI_STATE%\headless" -data @none %*
exit /b %ERRORLEVEL%
:window
"%JAVA_EXE%" %VM% -Xmx1g %HIKKOSHI_JAVA_OPTS% -jar "%LAUNCHER%" -application hikkoshi.app.workbench -configuration "%HIKKOSHI_STATE%\window" -data "%HIKKOSHI_WORKSPACE%"
exit /b %ERRORLEVEL%
