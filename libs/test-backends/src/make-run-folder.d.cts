/** Makes a folder for a run that belongs to this process; when the process is gone, what is registered there is ended. */
export function makeRunFolder(): string;
/** Ends what the run started and removes its folder. */
export function removeRunFolder(folder: string, mayKill?: (pid: number) => boolean): Promise<void>;
/** Removes the folders of runs that were killed together with their watcher. */
export function removeStaleRunFolders(): Promise<void>;
