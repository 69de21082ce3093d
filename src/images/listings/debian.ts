/** Written by src/build/image-listings.ts. */
export default `777 0:0 0 /bin -> usr/bin
755 0:0 0 /boot/
755 0:0 0 /dev/
755 0:0 0 /etc/
600 0:0 0 /etc/.pwd.lock
755 0:0 0 /etc/alternatives/
644 0:0 100 /etc/alternatives/README
	Please read the update-alternatives(1) man page for information on this
	directory and its contents.
	
777 0:0 0 /etc/alternatives/awk -> /usr/bin/mawk
777 0:0 0 /etc/alternatives/awk.1.gz -> /usr/share/man/man1/mawk.1.gz
777 0:0 0 /etc/alternatives/builtins.7.gz -> /usr/share/man/man7/bash-builtins.7.gz
777 0:0 0 /etc/alternatives/nawk -> /usr/bin/mawk
777 0:0 0 /etc/alternatives/nawk.1.gz -> /usr/share/man/man1/mawk.1.gz
777 0:0 0 /etc/alternatives/pager -> /bin/more
777 0:0 0 /etc/alternatives/pager.1.gz -> /usr/share/man/man1/more.1.gz
777 0:0 0 /etc/alternatives/rmt -> /usr/sbin/rmt-tar
777 0:0 0 /etc/alternatives/rmt.8.gz -> /usr/share/man/man8/rmt-tar.8.gz
777 0:0 0 /etc/alternatives/which -> /usr/bin/which.debianutils
777 0:0 0 /etc/alternatives/which.1.gz -> /usr/share/man/man1/which.debianutils.1.gz
777 0:0 0 /etc/alternatives/which.de1.gz -> /usr/share/man/de/man1/which.debianutils.1.gz
777 0:0 0 /etc/alternatives/which.es1.gz -> /usr/share/man/es/man1/which.debianutils.1.gz
777 0:0 0 /etc/alternatives/which.fr1.gz -> /usr/share/man/fr/man1/which.debianutils.1.gz
777 0:0 0 /etc/alternatives/which.it1.gz -> /usr/share/man/it/man1/which.debianutils.1.gz
777 0:0 0 /etc/alternatives/which.ja1.gz -> /usr/share/man/ja/man1/which.debianutils.1.gz
777 0:0 0 /etc/alternatives/which.pl1.gz -> /usr/share/man/pl/man1/which.debianutils.1.gz
777 0:0 0 /etc/alternatives/which.sl1.gz -> /usr/share/man/sl/man1/which.debianutils.1.gz
755 0:0 0 /etc/apt/
755 0:0 0 /etc/apt/apt.conf.d/
644 0:0 399 /etc/apt/apt.conf.d/01autoremove
644 0:0 182 /etc/apt/apt.conf.d/70debconf
755 0:0 0 /etc/apt/auth.conf.d/
755 0:0 0 /etc/apt/keyrings/
755 0:0 0 /etc/apt/preferences.d/
644 0:0 45 /etc/apt/sources.list
	deb http://deb.debian.org/debian trixie main
	
755 0:0 0 /etc/apt/sources.list.d/
755 0:0 0 /etc/apt/trusted.gpg.d/
644 0:0 11861 /etc/apt/trusted.gpg.d/debian-archive-bookworm-automatic.asc
644 0:0 11873 /etc/apt/trusted.gpg.d/debian-archive-bookworm-security-automatic.asc
644 0:0 461 /etc/apt/trusted.gpg.d/debian-archive-bookworm-stable.asc
644 0:0 11861 /etc/apt/trusted.gpg.d/debian-archive-bullseye-automatic.asc
644 0:0 11873 /etc/apt/trusted.gpg.d/debian-archive-bullseye-security-automatic.asc
644 0:0 3403 /etc/apt/trusted.gpg.d/debian-archive-bullseye-stable.asc
644 0:0 11861 /etc/apt/trusted.gpg.d/debian-archive-trixie-automatic.asc
644 0:0 11873 /etc/apt/trusted.gpg.d/debian-archive-trixie-security-automatic.asc
644 0:0 1384 /etc/apt/trusted.gpg.d/debian-archive-trixie-stable.asc
644 0:0 1997 /etc/bash.bashrc
	# System-wide .bashrc file for interactive bash(1) shells.
	
	# To enable the settings / commands in this file for login shells as well,
	# this file has to be sourced in /etc/profile.
	
	# If not running interactively, don't do anything
	[ -z "\${PS1-}" ] && return
	
	# check the window size after each command and, if necessary,
	# update the values of LINES and COLUMNS.
	shopt -s checkwinsize
	
	# set variable identifying the chroot you work in (used in the prompt below)
	if [ -z "\${debian_chroot:-}" ] && [ -r /etc/debian_chroot ]; then
	    debian_chroot=$(< /etc/debian_chroot)
	fi
	
	# set a fancy prompt (non-color, overwrite the one in /etc/profile)
	# but only if not SUDOing and have SUDO_PS1 set; then assume smart user.
	if ! [ -n "\${SUDO_USER-}" -a -n "\${SUDO_PS1-}" ]; then
	  PS1='\${debian_chroot:+($debian_chroot)}\\u@\\h:\\w\\$ '
	fi
	
	# Commented out, don't overwrite xterm -T "title" -n "icontitle" by default.
	# If this is an xterm set the title to user@host:dir
	#case "$TERM" in
	#xterm*|rxvt*)
	#    PROMPT_COMMAND='echo -ne "\\033]0;\${USER}@\${HOSTNAME}: \${PWD}\\007"'
	#    ;;
	#*)
	#    ;;
	#esac
	
	# enable bash completion in interactive shells
	#if ! shopt -oq posix; then
	#  if [ -f /usr/share/bash-completion/bash_completion ]; then
	#    . /usr/share/bash-completion/bash_completion
	#  elif [ -f /etc/bash_completion ]; then
	#    . /etc/bash_completion
	#  fi
	#fi
	
	# if the command-not-found package is installed, use it
	if [ -x /usr/lib/command-not-found -o -x /usr/share/command-not-found/command-not-found ]; then
		function command_not_found_handle {
		        # check because c-n-f could've been removed in the meantime
	                if [ -x /usr/lib/command-not-found ]; then
			   /usr/lib/command-not-found -- "$1"
	                   return $?
	                elif [ -x /usr/share/command-not-found/command-not-found ]; then
			   /usr/share/command-not-found/command-not-found -- "$1"
	                   return $?
			else
			   printf "%s: command not found\\n" "$1" >&2
			   return 127
			fi
		}
	fi
	
644 0:0 367 /etc/bindresvport.blacklist
755 0:0 0 /etc/cron.daily/
755 0:0 1478 /etc/cron.daily/apt-compat
755 0:0 123 /etc/cron.daily/dpkg
644 0:0 2967 /etc/debconf.conf
644 0:0 5 /etc/debian_version
	13.8
	
755 0:0 0 /etc/default/
644 0:0 1756 /etc/default/nss
644 0:0 1117 /etc/default/useradd
755 0:0 0 /etc/dpkg/
644 0:0 446 /etc/dpkg/dpkg.cfg
755 0:0 0 /etc/dpkg/dpkg.cfg.d/
755 0:0 0 /etc/dpkg/origins/
644 0:0 83 /etc/dpkg/origins/debian
777 0:0 0 /etc/dpkg/origins/default -> debian
644 0:0 0 /etc/environment
644 0:0 110 /etc/fstab
	# UNCONFIGURED FSTAB FOR BASE SYSTEM
	#
	# <file system> <mount point>   <type>  <options>       <dump>  <pass>
	
644 0:0 2584 /etc/gai.conf
644 0:0 434 /etc/group
	root:x:0:
	daemon:x:1:
	bin:x:2:
	sys:x:3:
	adm:x:4:
	tty:x:5:
	disk:x:6:
	lp:x:7:
	mail:x:8:
	news:x:9:
	uucp:x:10:
	man:x:12:
	proxy:x:13:
	kmem:x:15:
	dialout:x:20:
	fax:x:21:
	voice:x:22:
	cdrom:x:24:
	floppy:x:25:
	tape:x:26:
	sudo:x:27:
	audio:x:29:
	dip:x:30:
	www-data:x:33:
	backup:x:34:
	operator:x:37:
	list:x:38:
	irc:x:39:
	src:x:40:
	shadow:x:42:
	utmp:x:43:
	video:x:44:
	sasl:x:45:
	plugdev:x:46:
	staff:x:50:
	games:x:60:
	users:x:100:
	nogroup:x:65534:
	
644 0:0 434 /etc/group-
640 0:0 364 /etc/gshadow
	root:*::
	daemon:*::
	bin:*::
	sys:*::
	adm:*::
	tty:*::
	disk:*::
	lp:*::
	mail:*::
	news:*::
	uucp:*::
	man:*::
	proxy:*::
	kmem:*::
	dialout:*::
	fax:*::
	voice:*::
	cdrom:*::
	floppy:*::
	tape:*::
	sudo:*::
	audio:*::
	dip:*::
	www-data:*::
	backup:*::
	operator:*::
	list:*::
	irc:*::
	src:*::
	shadow:*::
	utmp:*::
	video:*::
	sasl:*::
	plugdev:*::
	staff:*::
	games:*::
	users:*::
	nogroup:*::
	
644 0:0 9 /etc/host.conf
	multi on
	
644 0:0 27 /etc/issue
	Debian GNU/Linux 13 \\n \\l
	
	
644 0:0 20 /etc/issue.net
	Debian GNU/Linux 13
	
755 0:0 0 /etc/kernel/
755 0:0 0 /etc/kernel/postinst.d/
644 0:0 4095 /etc/ld.so.cache
644 0:0 34 /etc/ld.so.conf
	include /etc/ld.so.conf.d/*.conf
	
	
755 0:0 0 /etc/ld.so.conf.d/
644 0:0 44 /etc/ld.so.conf.d/libc.conf
644 0:0 100 /etc/ld.so.conf.d/x86_64-linux-gnu.conf
644 0:0 191 /etc/libaudit.conf
777 0:0 0 /etc/localtime -> /usr/share/zoneinfo/Etc/UTC
644 0:0 5939 /etc/login.defs
755 0:0 0 /etc/logrotate.d/
644 0:0 120 /etc/logrotate.d/alternatives
644 0:0 173 /etc/logrotate.d/apt
644 0:0 112 /etc/logrotate.d/dpkg
644 0:0 286 /etc/motd
	
	The programs included with the Debian GNU/Linux system are free software;
	the exact distribution terms for each program are described in the
	individual files in /usr/share/doc/*/copyright.
	
	Debian GNU/Linux comes with ABSOLUTELY NO WARRANTY, to the extent
	permitted by applicable law.
	
644 0:0 494 /etc/nsswitch.conf
	# /etc/nsswitch.conf
	#
	# Example configuration of GNU Name Service Switch functionality.
	# If you have the \`glibc-doc-reference' and \`info' packages installed, try:
	# \`info libc "Name Service Switch"' for information about this file.
	
	passwd:         files
	group:          files
	shadow:         files
	gshadow:        files
	
	hosts:          files dns
	networks:       files
	
	protocols:      db files
	services:       db files
	ethers:         db files
	rpc:            db files
	
	netgroup:       nis
	
755 0:0 0 /etc/opt/
777 0:0 0 /etc/os-release -> ../usr/lib/os-release
644 0:0 552 /etc/pam.conf
755 0:0 0 /etc/pam.d/
644 0:0 839 /etc/passwd
	root:x:0:0:root:/root:/bin/bash
	daemon:x:1:1:daemon:/usr/sbin:/usr/sbin/nologin
	bin:x:2:2:bin:/bin:/usr/sbin/nologin
	sys:x:3:3:sys:/dev:/usr/sbin/nologin
	sync:x:4:65534:sync:/bin:/bin/sync
	games:x:5:60:games:/usr/games:/usr/sbin/nologin
	man:x:6:12:man:/var/cache/man:/usr/sbin/nologin
	lp:x:7:7:lp:/var/spool/lpd:/usr/sbin/nologin
	mail:x:8:8:mail:/var/mail:/usr/sbin/nologin
	news:x:9:9:news:/var/spool/news:/usr/sbin/nologin
	uucp:x:10:10:uucp:/var/spool/uucp:/usr/sbin/nologin
	proxy:x:13:13:proxy:/bin:/usr/sbin/nologin
	www-data:x:33:33:www-data:/var/www:/usr/sbin/nologin
	backup:x:34:34:backup:/var/backups:/usr/sbin/nologin
	list:x:38:38:Mailing List Manager:/var/list:/usr/sbin/nologin
	irc:x:39:39:ircd:/run/ircd:/usr/sbin/nologin
	_apt:x:42:65534::/nonexistent:/usr/sbin/nologin
	nobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin
	
600 0:0 839 /etc/passwd-
644 0:0 828 /etc/profile
	# /etc/profile: system-wide .profile file for the Bourne shell (sh(1))
	# and Bourne compatible shells (bash(1), ksh(1), ash(1), ...).
	
	if [ "$(id -u)" -eq 0 ]; then
	  PATH="/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
	else
	  PATH="/usr/local/bin:/usr/bin:/bin:/usr/local/games:/usr/games"
	fi
	export PATH
	
	if [ "\${PS1-}" ]; then
	  if [ "\${BASH-}" ] && [ "$BASH" != "/bin/sh" ]; then
	    # The file bash.bashrc already sets the default PS1.
	    # PS1='\\h:\\w\\$ '
	    if [ -f /etc/bash.bashrc ]; then
	      . /etc/bash.bashrc
	    fi
	  else
	    if [ "$(id -u)" -eq 0 ]; then
	      PS1='# '
	    else
	      PS1='$ '
	    fi
	  fi
	fi
	
	if [ -d /etc/profile.d ]; then
	  for i in $(run-parts --list --regex '^[a-zA-Z0-9_][a-zA-Z0-9._-]*\\.sh$' /etc/profile.d); do
	    if [ -r $i ]; then
	      . $i
	    fi
	  done
	  unset i
	fi
	
755 0:0 0 /etc/profile.d/
755 0:0 0 /etc/rc0.d/
755 0:0 0 /etc/rc1.d/
755 0:0 0 /etc/rc2.d/
755 0:0 0 /etc/rc3.d/
755 0:0 0 /etc/rc4.d/
755 0:0 0 /etc/rc5.d/
755 0:0 0 /etc/rc6.d/
755 0:0 0 /etc/rcS.d/
777 0:0 0 /etc/rmt -> /usr/sbin/rmt
755 0:0 0 /etc/security/
755 0:0 0 /etc/selinux/
640 0:0 474 /etc/shadow
	root:*:20781:0:99999:7:::
	daemon:*:20781:0:99999:7:::
	bin:*:20781:0:99999:7:::
	sys:*:20781:0:99999:7:::
	sync:*:20781:0:99999:7:::
	games:*:20781:0:99999:7:::
	man:*:20781:0:99999:7:::
	lp:*:20781:0:99999:7:::
	mail:*:20781:0:99999:7:::
	news:*:20781:0:99999:7:::
	uucp:*:20781:0:99999:7:::
	proxy:*:20781:0:99999:7:::
	www-data:*:20781:0:99999:7:::
	backup:*:20781:0:99999:7:::
	list:*:20781:0:99999:7:::
	irc:*:20781:0:99999:7:::
	_apt:*:20781:0:99999:7:::
	nobody:*:20781:0:99999:7:::
	
644 0:0 118 /etc/shells
	# /etc/shells: valid login shells
	/bin/sh
	/usr/bin/sh
	/bin/bash
	/usr/bin/bash
	/bin/rbash
	/usr/bin/rbash
	/usr/bin/dash
	
755 0:0 0 /etc/skel/
644 0:0 220 /etc/skel/.bash_logout
	# ~/.bash_logout: executed by bash(1) when login shell exits.
	
	# when leaving the console clear the screen to increase privacy
	
	if [ "$SHLVL" = 1 ]; then
	    [ -x /usr/bin/clear_console ] && /usr/bin/clear_console -q
	fi
	
644 0:0 3526 /etc/skel/.bashrc
	# ~/.bashrc: executed by bash(1) for non-login shells.
	# see /usr/share/doc/bash/examples/startup-files (in the package bash-doc)
	# for examples
	
	# If not running interactively, don't do anything
	case $- in
	    *i*) ;;
	      *) return;;
	esac
	
	# don't put duplicate lines or lines starting with space in the history.
	# See bash(1) for more options
	HISTCONTROL=ignoreboth
	
	# append to the history file, don't overwrite it
	shopt -s histappend
	
	# for setting history length see HISTSIZE and HISTFILESIZE in bash(1)
	HISTSIZE=1000
	HISTFILESIZE=2000
	
	# check the window size after each command and, if necessary,
	# update the values of LINES and COLUMNS.
	shopt -s checkwinsize
	
	# If set, the pattern "**" used in a pathname expansion context will
	# match all files and zero or more directories and subdirectories.
	#shopt -s globstar
	
	# make less more friendly for non-text input files, see lesspipe(1)
	#[ -x /usr/bin/lesspipe ] && eval "$(SHELL=/bin/sh lesspipe)"
	
	# set variable identifying the chroot you work in (used in the prompt below)
	if [ -z "\${debian_chroot:-}" ] && [ -r /etc/debian_chroot ]; then
	    debian_chroot=$(cat /etc/debian_chroot)
	fi
	
	# set a fancy prompt (non-color, unless we know we "want" color)
	case "$TERM" in
	    xterm-color|*-256color) color_prompt=yes;;
	esac
	
	# uncomment for a colored prompt, if the terminal has the capability; turned
	# off by default to not distract the user: the focus in a terminal window
	# should be on the output of commands, not on the prompt
	#force_color_prompt=yes
	
	if [ -n "$force_color_prompt" ]; then
	    if [ -x /usr/bin/tput ] && tput setaf 1 >&/dev/null; then
		# We have color support; assume it's compliant with Ecma-48
		# (ISO/IEC-6429). (Lack of such support is extremely rare, and such
		# a case would tend to support setf rather than setaf.)
		color_prompt=yes
	    else
		color_prompt=
	    fi
	fi
	
	if [ "$color_prompt" = yes ]; then
	    PS1='\${debian_chroot:+($debian_chroot)}\\[\\033[01;32m\\]\\u@\\h\\[\\033[00m\\]:\\[\\033[01;34m\\]\\w\\[\\033[00m\\]\\$ '
	else
	    PS1='\${debian_chroot:+($debian_chroot)}\\u@\\h:\\w\\$ '
	fi
	unset color_prompt force_color_prompt
	
	# If this is an xterm set the title to user@host:dir
	case "$TERM" in
	xterm*|rxvt*)
	    PS1="\\[\\e]0;\${debian_chroot:+($debian_chroot)}\\u@\\h: \\w\\a\\]$PS1"
	    ;;
	*)
	    ;;
	esac
	
	# enable color support of ls and also add handy aliases
	if [ -x /usr/bin/dircolors ]; then
	    test -r ~/.dircolors && eval "$(dircolors -b ~/.dircolors)" || eval "$(dircolors -b)"
	    alias ls='ls --color=auto'
	    #alias dir='dir --color=auto'
	    #alias vdir='vdir --color=auto'
	
	    #alias grep='grep --color=auto'
	    #alias fgrep='fgrep --color=auto'
	    #alias egrep='egrep --color=auto'
	fi
	
	# colored GCC warnings and errors
	#export GCC_COLORS='error=01;31:warning=01;35:note=01;36:caret=01;32:locus=01:quote=01'
	
	# some more ls aliases
	#alias ll='ls -l'
	#alias la='ls -A'
	#alias l='ls -CF'
	
	# Alias definitions.
	# You may want to put all your additions into a separate file like
	# ~/.bash_aliases, instead of adding them here directly.
	# See /usr/share/doc/bash-doc/examples in the bash-doc package.
	
	if [ -f ~/.bash_aliases ]; then
	    . ~/.bash_aliases
	fi
	
	# enable programmable completion features (you don't need to enable
	# this, if it's already enabled in /etc/bash.bashrc and /etc/profile
	# sources /etc/bash.bashrc).
	if ! shopt -oq posix; then
	  if [ -f /usr/share/bash-completion/bash_completion ]; then
	    . /usr/share/bash-completion/bash_completion
	  elif [ -f /etc/bash_completion ]; then
	    . /etc/bash_completion
	  fi
	fi
	
644 0:0 807 /etc/skel/.profile
	# ~/.profile: executed by the command interpreter for login shells.
	# This file is not read by bash(1), if ~/.bash_profile or ~/.bash_login
	# exists.
	# see /usr/share/doc/bash/examples/startup-files for examples.
	# the files are located in the bash-doc package.
	
	# the default umask is set in /etc/profile; for setting the umask
	# for ssh logins, install and configure the libpam-umask package.
	#umask 022
	
	# if running bash
	if [ -n "$BASH_VERSION" ]; then
	    # include .bashrc if it exists
	    if [ -f "$HOME/.bashrc" ]; then
		. "$HOME/.bashrc"
	    fi
	fi
	
	# set PATH so it includes user's private bin if it exists
	if [ -d "$HOME/bin" ] ; then
	    PATH="$HOME/bin:$PATH"
	fi
	
	# set PATH so it includes user's private bin if it exists
	if [ -d "$HOME/.local/bin" ] ; then
	    PATH="$HOME/.local/bin:$PATH"
	fi
	
644 0:0 0 /etc/subgid
644 0:0 0 /etc/subuid
755 0:0 0 /etc/systemd/
755 0:0 0 /etc/terminfo/
755 0:0 0 /etc/update-motd.d/
644 0:0 681 /etc/xattr.conf
755 0:0 0 /home/
777 0:0 0 /lib -> usr/lib
777 0:0 0 /lib64 -> usr/lib64
755 0:0 0 /media/
755 0:0 0 /mnt/
755 0:0 0 /opt/
755 0:0 0 /proc/
700 0:0 0 /root/
644 0:0 607 /root/.bashrc
	# ~/.bashrc: executed by bash(1) for non-login shells.
	
	# Note: PS1 is set in /etc/profile, and the default umask is defined
	# in /etc/login.defs. You should not need this unless you want different
	# defaults for root.
	# PS1='\${debian_chroot:+($debian_chroot)}\\h:\\w\\$ '
	# umask 022
	
	# You may uncomment the following lines if you want \`ls' to be colorized:
	# export LS_OPTIONS='--color=auto'
	# eval "$(dircolors)"
	# alias ls='ls $LS_OPTIONS'
	# alias ll='ls $LS_OPTIONS -l'
	# alias l='ls $LS_OPTIONS -lA'
	#
	# Some more alias to avoid making mistakes:
	# alias rm='rm -i'
	# alias cp='cp -i'
	# alias mv='mv -i'
	
644 0:0 132 /root/.profile
	# ~/.profile: executed by Bourne-compatible login shells.
	
	if [ "$BASH" ]; then
	  if [ -f ~/.bashrc ]; then
	    . ~/.bashrc
	  fi
	fi
	
755 0:0 0 /run/
1777 0:0 0 /run/lock/
777 0:0 0 /sbin -> usr/sbin
755 0:0 0 /srv/
755 0:0 0 /sys/
1777 0:0 0 /tmp/
755 0:0 0 /usr/
755 0:0 0 /usr/bin/
755 0:0 55720 /usr/bin/[
755 0:0 18752 /usr/bin/apt
755 0:0 92552 /usr/bin/apt-cache
755 0:0 27016 /usr/bin/apt-cdrom
755 0:0 31040 /usr/bin/apt-config
755 0:0 59784 /usr/bin/apt-get
755 0:0 63880 /usr/bin/apt-mark
755 0:0 43464 /usr/bin/arch
777 0:0 0 /usr/bin/awk -> /etc/alternatives/awk
755 0:0 63944 /usr/bin/b2sum
755 0:0 47528 /usr/bin/base32
755 0:0 47528 /usr/bin/base64
755 0:0 43432 /usr/bin/basename
755 0:0 59816 /usr/bin/basenc
755 0:0 1298416 /usr/bin/bash
755 0:0 6944 /usr/bin/bashbug
777 0:0 0 /usr/bin/captoinfo -> tic
755 0:0 47592 /usr/bin/cat
2755 0:0 113848 /usr/bin/chage
755 0:0 80296 /usr/bin/chcon
4755 0:0 70888 /usr/bin/chfn
755 0:0 76232 /usr/bin/chgrp
755 0:0 72136 /usr/bin/chmod
755 0:0 55688 /usr/bin/choom
755 0:0 76232 /usr/bin/chown
755 0:0 72072 /usr/bin/chrt
4755 0:0 52936 /usr/bin/chsh
755 0:0 137672 /usr/bin/cksum
755 0:0 14584 /usr/bin/clear
755 0:0 14488 /usr/bin/clear_console
755 0:0 56272 /usr/bin/cmp
755 0:0 47560 /usr/bin/comm
755 0:0 149960 /usr/bin/cp
755 0:0 59848 /usr/bin/csplit
755 0:0 55752 /usr/bin/cut
755 0:0 129736 /usr/bin/dash
755 0:0 100808 /usr/bin/date
755 0:0 76272 /usr/bin/dd
755 0:0 24358 /usr/bin/deb-systemd-helper
755 0:0 7135 /usr/bin/deb-systemd-invoke
755 0:0 2870 /usr/bin/debconf
755 0:0 11846 /usr/bin/debconf-apt-progress
755 0:0 623 /usr/bin/debconf-communicate
755 0:0 1718 /usr/bin/debconf-copydb
755 0:0 668 /usr/bin/debconf-escape
755 0:0 3216 /usr/bin/debconf-set-selections
755 0:0 1825 /usr/bin/debconf-show
755 0:0 109488 /usr/bin/df
755 0:0 163440 /usr/bin/diff
755 0:0 72848 /usr/bin/diff3
755 0:0 158632 /usr/bin/dir
755 0:0 55752 /usr/bin/dircolors
755 0:0 43432 /usr/bin/dirname
755 0:0 90840 /usr/bin/dmesg
777 0:0 0 /usr/bin/dnsdomainname -> hostname
777 0:0 0 /usr/bin/domainname -> hostname
755 0:0 326704 /usr/bin/dpkg
755 0:0 182816 /usr/bin/dpkg-deb
755 0:0 162584 /usr/bin/dpkg-divert
755 0:0 21124 /usr/bin/dpkg-maintscript-helper
755 0:0 174864 /usr/bin/dpkg-query
755 0:0 59728 /usr/bin/dpkg-realpath
755 0:0 145904 /usr/bin/dpkg-split
755 0:0 88584 /usr/bin/dpkg-statoverride
755 0:0 92672 /usr/bin/dpkg-trigger
755 0:0 113096 /usr/bin/du
755 0:0 43432 /usr/bin/echo
755 0:0 41 /usr/bin/egrep
755 0:0 56144 /usr/bin/env
755 0:0 47560 /usr/bin/expand
2755 0:0 31256 /usr/bin/expiry
755 0:0 51624 /usr/bin/expr
755 0:0 76232 /usr/bin/factor
755 0:0 35208 /usr/bin/fallocate
755 0:0 43432 /usr/bin/false
755 0:0 41 /usr/bin/fgrep
755 0:0 233040 /usr/bin/find
755 0:0 102296 /usr/bin/findmnt
755 0:0 35288 /usr/bin/flock
755 0:0 51624 /usr/bin/fmt
755 0:0 47528 /usr/bin/fold
755 0:0 26920 /usr/bin/getconf
755 0:0 35480 /usr/bin/getent
755 0:0 35208 /usr/bin/getopt
4755 0:0 88568 /usr/bin/gpasswd
755 0:0 203152 /usr/bin/grep
755 0:0 43432 /usr/bin/groups
755 0:0 2335 /usr/bin/gunzip
755 0:0 6469 /usr/bin/gzexe
755 0:0 102200 /usr/bin/gzip
755 0:0 63976 /usr/bin/hardlink
755 0:0 51656 /usr/bin/head
755 0:0 43432 /usr/bin/hostid
755 0:0 26776 /usr/bin/hostname
777 0:0 0 /usr/bin/i386 -> setarch
755 0:0 68032 /usr/bin/iconv
755 0:0 51656 /usr/bin/id
755 0:0 67904 /usr/bin/infocmp
777 0:0 0 /usr/bin/infotocap -> tic
755 0:0 154096 /usr/bin/install
755 0:0 35208 /usr/bin/ionice
755 0:0 35280 /usr/bin/ipcmk
755 0:0 80264 /usr/bin/ipcrm
755 0:0 84360 /usr/bin/ipcs
755 0:0 14752 /usr/bin/ischroot
755 0:0 59880 /usr/bin/join
777 0:0 0 /usr/bin/ld.so -> ../lib64/ld-linux-x86-64.so.2
755 0:0 5356 /usr/bin/ldd
755 0:0 43432 /usr/bin/link
777 0:0 0 /usr/bin/linux32 -> setarch
777 0:0 0 /usr/bin/linux64 -> setarch
755 0:0 76240 /usr/bin/ln
755 0:0 46656 /usr/bin/locale
755 0:0 310328 /usr/bin/localedef
755 0:0 60392 /usr/bin/logger
755 0:0 92552 /usr/bin/login
755 0:0 43432 /usr/bin/logname
755 0:0 158632 /usr/bin/ls
755 0:0 248208 /usr/bin/lsblk
755 0:0 170384 /usr/bin/lscpu
755 0:0 113032 /usr/bin/lsipc
755 0:0 80696 /usr/bin/lslocks
755 0:0 113032 /usr/bin/lslogins
755 0:0 72072 /usr/bin/lsmem
755 0:0 92560 /usr/bin/lsns
755 0:0 170664 /usr/bin/mawk
755 0:0 39376 /usr/bin/mcookie
755 0:0 55752 /usr/bin/md5sum
755 0:0 88488 /usr/bin/mkdir
755 0:0 76200 /usr/bin/mkfifo
755 0:0 84392 /usr/bin/mknod
755 0:0 47528 /usr/bin/mktemp
755 0:0 63888 /usr/bin/more
4755 0:0 72072 /usr/bin/mount
755 0:0 18824 /usr/bin/mountpoint
755 0:0 149960 /usr/bin/mv
755 0:0 39304 /usr/bin/namei
777 0:0 0 /usr/bin/nawk -> /etc/alternatives/nawk
4755 0:0 18816 /usr/bin/newgrp
755 0:0 43432 /usr/bin/nice
777 0:0 0 /usr/bin/nisdomainname -> hostname
755 0:0 51720 /usr/bin/nl
755 0:0 47528 /usr/bin/nohup
755 0:0 47528 /usr/bin/nproc
755 0:0 88728 /usr/bin/nsenter
755 0:0 68072 /usr/bin/numfmt
755 0:0 84424 /usr/bin/od
777 0:0 0 /usr/bin/pager -> /etc/alternatives/pager
755 0:0 137616 /usr/bin/partx
4755 0:0 118168 /usr/bin/passwd
755 0:0 47560 /usr/bin/paste
755 0:0 43432 /usr/bin/pathchk
755 0:0 3935376 /usr/bin/perl
755 0:0 3935376 /usr/bin/perl5.40.1
777 0:0 0 /usr/bin/pidof -> ../sbin/killall5
755 0:0 59848 /usr/bin/pinky
755 0:0 22904 /usr/bin/pldd
755 0:0 80392 /usr/bin/pr
755 0:0 43432 /usr/bin/printenv
755 0:0 68008 /usr/bin/printf
755 0:0 43928 /usr/bin/prlimit
755 0:0 63976 /usr/bin/ptx
755 0:0 43432 /usr/bin/pwd
777 0:0 0 /usr/bin/rbash -> bash
755 0:0 55720 /usr/bin/readlink
755 0:0 55752 /usr/bin/realpath
755 0:0 31112 /usr/bin/rename.ul
755 0:0 14720 /usr/bin/renice
777 0:0 0 /usr/bin/reset -> tset
755 0:0 14728 /usr/bin/rev
755 0:0 30 /usr/bin/rgrep
755 0:0 76232 /usr/bin/rm
755 0:0 43432 /usr/bin/rmdir
755 0:0 27392 /usr/bin/run-parts
755 0:0 47528 /usr/bin/runcon
755 0:0 10487 /usr/bin/savelog
755 0:0 80264 /usr/bin/script
755 0:0 67976 /usr/bin/scriptlive
755 0:0 47496 /usr/bin/scriptreplay
755 0:0 68704 /usr/bin/sdiff
755 0:0 130520 /usr/bin/sed
755 0:0 47528 /usr/bin/seq
755 0:0 88736 /usr/bin/setarch
755 0:0 92560 /usr/bin/setpriv
755 0:0 14728 /usr/bin/setsid
755 0:0 47496 /usr/bin/setterm
777 0:0 0 /usr/bin/sg -> newgrp
777 0:0 0 /usr/bin/sh -> dash
755 0:0 55752 /usr/bin/sha1sum
755 0:0 55752 /usr/bin/sha224sum
755 0:0 55752 /usr/bin/sha256sum
755 0:0 55752 /usr/bin/sha384sum
755 0:0 55752 /usr/bin/sha512sum
755 0:0 68040 /usr/bin/shred
755 0:0 63912 /usr/bin/shuf
755 0:0 43432 /usr/bin/sleep
755 0:0 121552 /usr/bin/sort
755 0:0 72560 /usr/bin/split
755 0:0 1870376 /usr/bin/sqv
755 0:0 104904 /usr/bin/stat
755 0:0 47528 /usr/bin/stdbuf
755 0:0 76232 /usr/bin/stty
4755 0:0 84360 /usr/bin/su
755 0:0 51632 /usr/bin/sum
755 0:0 43432 /usr/bin/sync
755 0:0 18672 /usr/bin/tabs
755 0:0 47528 /usr/bin/tac
755 0:0 80360 /usr/bin/tail
755 0:0 458280 /usr/bin/tar
755 0:0 67976 /usr/bin/taskset
755 0:0 47560 /usr/bin/tee
755 0:0 14576 /usr/bin/tempfile
755 0:0 47528 /usr/bin/test
755 0:0 96608 /usr/bin/tic
755 0:0 47984 /usr/bin/timeout
755 0:0 22768 /usr/bin/toe
755 0:0 88520 /usr/bin/touch
755 0:0 30992 /usr/bin/tput
755 0:0 59816 /usr/bin/tr
755 0:0 43432 /usr/bin/true
755 0:0 47528 /usr/bin/truncate
755 0:0 30968 /usr/bin/tset
755 0:0 59816 /usr/bin/tsort
755 0:0 43432 /usr/bin/tty
755 0:0 21877 /usr/bin/tzselect
755 0:0 72072 /usr/bin/uclampset
4755 0:0 55688 /usr/bin/umount
755 0:0 43464 /usr/bin/uname
777 0:0 0 /usr/bin/uncompress -> gunzip
755 0:0 47560 /usr/bin/unexpand
755 0:0 55752 /usr/bin/uniq
755 0:0 43432 /usr/bin/unlink
755 0:0 92792 /usr/bin/unshare
755 0:0 59712 /usr/bin/update-alternatives
755 0:0 51624 /usr/bin/users
755 0:0 158632 /usr/bin/vdir
755 0:0 47496 /usr/bin/wall
755 0:0 68048 /usr/bin/wc
755 0:0 76168 /usr/bin/wdctl
755 0:0 31112 /usr/bin/whereis
777 0:0 0 /usr/bin/which -> /etc/alternatives/which
755 0:0 1080 /usr/bin/which.debianutils
	#! /bin/sh
	set -ef
	
	SILENT=0
	if test -n "$KSH_VERSION"; then
		puts() {
	                [ "$SILENT" -eq 1 ] && return
			print -r -- "$*"
		}
	else
		puts() {
	                [ "$SILENT" -eq 1 ] && return
			printf '%s\\n' "$*"
		}
	fi
	
	ALLMATCHES=0
	
	while getopts as whichopts
	do
	        case "$whichopts" in
	                a) ALLMATCHES=1 ;;
	                s) SILENT=1 ;;
	                ?) puts "Usage: $0 [-as] args"; exit 2 ;;
	        esac
	done
	shift $(($OPTIND - 1))
	
	if [ "$#" -eq 0 ]; then
	 ALLRET=1
	else
	 ALLRET=0
	fi
	case $PATH in
		(*[!:]:) PATH="$PATH:" ;;
	esac
	for PROGRAM in "$@"; do
	 RET=1
	 IFS_SAVE="$IFS"
	 IFS=:
	 case $PROGRAM in
	  */*)
	   if [ -f "$PROGRAM" ] && [ -x "$PROGRAM" ]; then
	    puts "$PROGRAM"
	    RET=0
	   fi
	   ;;
	  *)
	   for ELEMENT in $PATH; do
	    if [ -z "$ELEMENT" ]; then
	     ELEMENT=.
	    fi
	    if [ -f "$ELEMENT/$PROGRAM" ] && [ -x "$ELEMENT/$PROGRAM" ]; then
	     puts "$ELEMENT/$PROGRAM"
	     RET=0
	     [ "$ALLMATCHES" -eq 1 ] || break
	    fi
	   done
	   ;;
	 esac
	 IFS="$IFS_SAVE"
	 if [ "$RET" -ne 0 ]; then
	  ALLRET=1
	 fi
	done
	
	exit "$ALLRET"
	
755 0:0 63944 /usr/bin/who
755 0:0 43432 /usr/bin/whoami
777 0:0 0 /usr/bin/x86_64 -> setarch
755 0:0 76232 /usr/bin/xargs
755 0:0 43432 /usr/bin/yes
777 0:0 0 /usr/bin/ypdomainname -> hostname
755 0:0 1973 /usr/bin/zcat
755 0:0 1678 /usr/bin/zcmp
755 0:0 6436 /usr/bin/zdiff
755 0:0 26840 /usr/bin/zdump
755 0:0 29 /usr/bin/zegrep
755 0:0 29 /usr/bin/zfgrep
755 0:0 2076 /usr/bin/zforce
755 0:0 8199 /usr/bin/zgrep
755 0:0 2434 /usr/bin/zless
755 0:0 1837 /usr/bin/zmore
755 0:0 4862 /usr/bin/znew
755 0:0 0 /usr/games/
755 0:0 0 /usr/include/
755 0:0 0 /usr/lib/
755 0:0 0 /usr/lib/apt/
755 0:0 0 /usr/lib/dpkg/
755 0:0 0 /usr/lib/init/
755 0:0 0 /usr/lib/locale/
755 0:0 0 /usr/lib/lsb/
755 0:0 0 /usr/lib/mime/
644 0:0 286 /usr/lib/os-release
	PRETTY_NAME="Debian GNU/Linux 13 (trixie)"
	NAME="Debian GNU/Linux"
	VERSION_ID="13"
	VERSION="13 (trixie)"
	VERSION_CODENAME=trixie
	DEBIAN_VERSION_FULL=13.8
	ID=debian
	HOME_URL="https://www.debian.org/"
	SUPPORT_URL="https://www.debian.org/support"
	BUG_REPORT_URL="https://bugs.debian.org/"
	
755 0:0 0 /usr/lib/systemd/
755 0:0 0 /usr/lib/tmpfiles.d/
755 0:0 0 /usr/lib/x86_64-linux-gnu/
755 0:0 0 /usr/lib64/
777 0:0 0 /usr/lib64/ld-linux-x86-64.so.2 -> ../lib/x86_64-linux-gnu/ld-linux-x86-64.so.2
755 0:0 0 /usr/libexec/
755 0:0 0 /usr/libexec/coreutils/
755 0:0 14328 /usr/libexec/coreutils/libstdbuf.so
755 0:0 0 /usr/libexec/dpkg/
755 0:0 2546 /usr/libexec/dpkg/dpkg-db-backup
755 0:0 1568 /usr/libexec/dpkg/dpkg-db-keeper
755 0:0 0 /usr/local/
755 0:0 0 /usr/local/bin/
755 0:0 0 /usr/local/etc/
755 0:0 0 /usr/local/games/
755 0:0 0 /usr/local/include/
755 0:0 0 /usr/local/lib/
755 0:0 0 /usr/local/libexec/
777 0:0 0 /usr/local/man -> share/man
755 0:0 0 /usr/local/sbin/
755 0:0 0 /usr/local/share/
755 0:0 0 /usr/local/share/man/
755 0:0 0 /usr/local/src/
755 0:0 0 /usr/sbin/
755 0:0 1053 /usr/sbin/add-shell
755 0:0 110152 /usr/sbin/agetty
755 0:0 35208 /usr/sbin/blkdiscard
755 0:0 141736 /usr/sbin/blkid
755 0:0 92552 /usr/sbin/blkzone
755 0:0 96648 /usr/sbin/blockdev
755 0:0 47496 /usr/sbin/chcpu
755 0:0 68016 /usr/sbin/chgpasswd
755 0:0 72072 /usr/sbin/chmem
755 0:0 97368 /usr/sbin/chpasswd
755 0:0 51624 /usr/sbin/chroot
755 0:0 4563 /usr/sbin/dpkg-preconfigure
755 0:0 4536 /usr/sbin/dpkg-reconfigure
755 0:0 22776 /usr/sbin/faillock
755 0:0 14728 /usr/sbin/findfs
755 0:0 59784 /usr/sbin/fsck
755 0:0 14728 /usr/sbin/fsfreeze
755 0:0 14576 /usr/sbin/fstab-decode
755 0:0 88456 /usr/sbin/fstrim
777 0:0 0 /usr/sbin/getty -> agetty
755 0:0 105632 /usr/sbin/groupadd
755 0:0 93176 /usr/sbin/groupdel
755 0:0 105624 /usr/sbin/groupmod
755 0:0 63928 /usr/sbin/grpck
755 0:0 59672 /usr/sbin/grpconv
755 0:0 59672 /usr/sbin/grpunconv
755 0:0 31128 /usr/sbin/iconvconfig
755 0:0 2711 /usr/sbin/installkernel
755 0:0 16517 /usr/sbin/invoke-rc.d
755 0:0 35208 /usr/sbin/isosize
755 0:0 26944 /usr/sbin/killall5
755 0:0 35208 /usr/sbin/ldattach
755 0:0 988168 /usr/sbin/ldconfig
755 0:0 133664 /usr/sbin/losetup
755 0:0 14728 /usr/sbin/mkfs
755 0:0 14600 /usr/sbin/mkhomedir_helper
755 0:0 137616 /usr/sbin/mkswap
755 0:0 109536 /usr/sbin/newusers
755 0:0 22912 /usr/sbin/nologin
755 0:0 21441 /usr/sbin/pam-auth-update
755 0:0 2890 /usr/sbin/pam_getenv
755 0:0 467 /usr/sbin/pam_namespace_helper
755 0:0 14584 /usr/sbin/pam_timestamp_check
755 0:0 14728 /usr/sbin/pivot_root
755 0:0 59784 /usr/sbin/pwck
755 0:0 55560 /usr/sbin/pwconv
755 0:0 22776 /usr/sbin/pwhistory_helper
755 0:0 55576 /usr/sbin/pwunconv
755 0:0 35248 /usr/sbin/readprofile
755 0:0 1111 /usr/sbin/remove-shell
777 0:0 0 /usr/sbin/rmt -> /etc/alternatives/rmt
755 0:0 64704 /usr/sbin/rmt-tar
755 0:0 55688 /usr/sbin/rtcwake
755 0:0 84360 /usr/sbin/runuser
755 0:0 9215 /usr/sbin/service
755 0:0 1983 /usr/sbin/shadowconfig
755 0:0 44464 /usr/sbin/start-stop-daemon
755 0:0 59792 /usr/sbin/sulogin
755 0:0 18824 /usr/sbin/swaplabel
755 0:0 51584 /usr/sbin/swapoff
755 0:0 59784 /usr/sbin/swapon
755 0:0 18824 /usr/sbin/switch_root
755 0:0 936 /usr/sbin/tarcat
2755 0:0 43256 /usr/sbin/unix_chkpwd
755 0:0 43256 /usr/sbin/unix_update
755 0:0 39416 /usr/sbin/update-passwd
755 0:0 18147 /usr/sbin/update-rc.d
755 0:0 4066 /usr/sbin/update-shells
755 0:0 159640 /usr/sbin/useradd
755 0:0 113728 /usr/sbin/userdel
755 0:0 147192 /usr/sbin/usermod
777 0:0 0 /usr/sbin/vigr -> vipw
755 0:0 74520 /usr/sbin/vipw
755 0:0 51592 /usr/sbin/wipefs
755 0:0 63816 /usr/sbin/zic
755 0:0 137736 /usr/sbin/zramctl
755 0:0 0 /usr/share/
755 0:0 0 /usr/share/apt/
755 0:0 0 /usr/share/base-files/
755 0:0 0 /usr/share/base-passwd/
755 0:0 0 /usr/share/bash-completion/
755 0:0 0 /usr/share/bug/
755 0:0 0 /usr/share/common-licenses/
755 0:0 0 /usr/share/debconf/
755 0:0 0 /usr/share/debianutils/
755 0:0 0 /usr/share/dict/
755 0:0 0 /usr/share/doc/
755 0:0 0 /usr/share/doc-base/
755 0:0 0 /usr/share/dpkg/
755 0:0 0 /usr/share/fish/
755 0:0 0 /usr/share/gcc/
755 0:0 0 /usr/share/gdb/
755 0:0 0 /usr/share/info/
755 0:0 0 /usr/share/keyrings/
755 0:0 0 /usr/share/libc-bin/
755 0:0 0 /usr/share/lintian/
755 0:0 0 /usr/share/locale/
755 0:0 0 /usr/share/man/
755 0:0 0 /usr/share/menu/
755 0:0 0 /usr/share/misc/
755 0:0 0 /usr/share/pam/
755 0:0 0 /usr/share/pam-configs/
755 0:0 0 /usr/share/perl5/
755 0:0 0 /usr/share/pixmaps/
755 0:0 0 /usr/share/polkit-1/
755 0:0 0 /usr/share/tabset/
755 0:0 0 /usr/share/terminfo/
755 0:0 0 /usr/share/util-linux/
755 0:0 0 /usr/share/zoneinfo/
755 0:0 0 /usr/share/zsh/
755 0:0 0 /usr/src/
755 0:0 0 /var/
755 0:0 0 /var/backups/
755 0:0 0 /var/cache/
755 0:0 0 /var/cache/apt/
755 0:0 0 /var/cache/debconf/
700 0:0 0 /var/cache/ldconfig/
755 0:0 0 /var/lib/
755 0:0 0 /var/lib/apt/
755 0:0 0 /var/lib/dpkg/
755 0:0 0 /var/lib/misc/
755 0:0 0 /var/lib/pam/
644 0:0 76 /var/lib/pam/account
644 0:0 61 /var/lib/pam/auth
644 0:0 71 /var/lib/pam/password
644 0:0 15 /var/lib/pam/seen
644 0:0 75 /var/lib/pam/session
644 0:0 75 /var/lib/pam/session-noninteractive
644 0:0 84 /var/lib/shells.state
755 0:0 0 /var/lib/systemd/
755 0:0 0 /var/local/
777 0:0 0 /var/lock -> /run/lock
755 0:0 0 /var/log/
644 0:0 2490 /var/log/alternatives.log
755 0:0 0 /var/log/apt/
644 0:0 52239 /var/log/bootstrap.log
660 0:0 0 /var/log/btmp
644 0:0 40457 /var/log/dpkg.log
664 0:0 0 /var/log/lastlog
664 0:0 0 /var/log/wtmp
2775 0:0 0 /var/mail/
755 0:0 0 /var/opt/
777 0:0 0 /var/run -> /run
755 0:0 0 /var/spool/
777 0:0 0 /var/spool/mail -> ../mail
1777 0:0 0 /var/tmp/`;
