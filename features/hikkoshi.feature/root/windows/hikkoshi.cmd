@echo off
rem Starts Hikkoshi: without arguments, or with workbench, the window; anything else is a headless command (hikkoshi --help).
rem HIKKOSHI_WORKSPACE names the window's workspace, HIKKOSHI_STATE the folder for per-user state, HIKKOSHI_JAVA_OPTS more JVM arguments.
setlocal DisableDelayedExpansion
set "HOME_DIR=%~dp0"
set "JAVA_EXE="
if exist "%HOME_DIR%jre\bin\java.exe" set "JAVA_EXE=%HOME_DIR%jre\bin\java.exe"
if not defined JAVA_EXE if defined JAVA_HOME if exist "%JAVA_HOME%\bin\java.exe" set "JAVA_EXE=%JAVA_HOME%\bin\java.exe"
if not defined JAVA_EXE for %%j in (java.exe) do set "JAVA_EXE=%%~$PATH:j"
if not defined JAVA_EXE (
  echo hikkoshi: no Java: install one that is at least 25, or set JAVA_HOME 1>&2
  exit /b 69
)
set "LAUNCHER="
for %%f in ("%HOME_DIR%plugins\org.eclipse.equinox.launcher_*.jar") do set "LAUNCHER=%%f"
if not defined LAUNCHER (
  echo hikkoshi: the installation in %HOME_DIR% is incomplete 1>&2
  exit /b 70
)
if not defined HIKKOSHI_STATE set "HIKKOSHI_STATE=%USERPROFILE%\.hikkoshi"
if not defined HIKKOSHI_WORKSPACE set "HIKKOSHI_WORKSPACE=%HIKKOSHI_STATE%\workspace"
rem two installations never share their state
set "KEY=%HOME_DIR::=_%"
set "KEY=%KEY:\=_%"
set "KEY=%KEY: =_%"
set VM=--enable-native-access=ALL-UNNAMED "-Djava.util.logging.config.file=%HOME_DIR%logging.properties"
if "%~1"=="" goto window
if /i "%~1"=="workbench" goto window
rem after an update the short list of bundles is older than the long one: then everything is read from the whole installation
set "INFO=%HOME_DIR%configuration\org.eclipse.equinox.simpleconfigurator"
set "NEWEST="
if exist "%INFO%\headless.info" for /f "delims=" %%f in ('dir /b /o-d /tw "%INFO%\*.info"') do if not defined NEWEST set "NEWEST=%%f"
if /i "%NEWEST%"=="headless.info" set VM=%VM% -Dorg.eclipse.equinox.simpleconfigurator.configUrl=file:org.eclipse.equinox.simpleconfigurator/headless.info
"%JAVA_EXE%" %VM% -Xmx512m -XX:+UseSerialGC -Djava.awt.headless=true -Dslf4j.internal.verbosity=ERROR "-Dosgi.logfile=%HIKKOSHI_STATE%\headless.log" %HIKKOSHI_JAVA_OPTS% -jar "%LAUNCHER%" -nosplash -application hikkoshi.cli.headless -configuration "%HIKKOSHI_STATE%\headless%KEY%" -data @none %*
exit /b %ERRORLEVEL%
:window
"%JAVA_EXE%" %VM% -Xmx1g -XX:+UseSerialGC -Dslf4j.internal.verbosity=ERROR %HIKKOSHI_JAVA_OPTS% -jar "%LAUNCHER%" -application hikkoshi.app.workbench -configuration "%HIKKOSHI_STATE%\window%KEY%" -data "%HIKKOSHI_WORKSPACE%"
exit /b %ERRORLEVEL%
