@echo off
rem ASCII only: cmd reads this file in whatever code page the computer has.
setlocal DisableDelayedExpansion
chcp 65001 >nul
set "MZREPORT_HOME=%~dp0"
set "MZREPORT_FIRST=%~1"
if not defined MZREPORT_FIRST goto shown
if "%MZREPORT_FIRST:~1,1%"==":" goto shown
if "%MZREPORT_FIRST:~0,2%"=="\\" goto shown
"%MZREPORT_HOME%app\node\node.exe" "%MZREPORT_HOME%app\bin\mzreport.js" %*
exit /b %ERRORLEVEL%

rem Double-clicked, or files were dropped on it: their names are taken from the line that started
rem this window, because cmd itself cuts a name at "&" and eats "^".
:shown
setlocal EnableDelayedExpansion
set "MZREPORT_LINE=!cmdcmdline!"
"!MZREPORT_HOME!app\node\node.exe" "!MZREPORT_HOME!app\bin\dropped.js"
echo.
pause
rem Not exit /b: what follows an "&" in a file's name must never be run.
exit
