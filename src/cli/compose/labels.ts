/** Labels by which Compose finds what is its own (docker/compose, pkg/api/labels.go). */
export const PROJECT = 'com.docker.compose.project';
export const SERVICE = 'com.docker.compose.service';
export const CONFIG_HASH = 'com.docker.compose.config-hash';
export const NUMBER = 'com.docker.compose.container-number';
export const ONE_OFF = 'com.docker.compose.oneoff';
export const SLUG = 'com.docker.compose.slug';
export const IMAGE = 'com.docker.compose.image';
export const DEPENDS_ON = 'com.docker.compose.depends_on';
export const REPLACE = 'com.docker.compose.replace';
export const VOLUME = 'com.docker.compose.volume';
export const NETWORK = 'com.docker.compose.network';
export const WORKING_DIR = 'com.docker.compose.project.working_dir';
export const CONFIG_FILES = 'com.docker.compose.project.config_files';
export const ENVIRONMENT_FILE = 'com.docker.compose.project.environment_file';
export const VERSION = 'com.docker.compose.version';

/** The version of Compose that is modelled. */
export const COMPOSE_VERSION = '2.40.3';
