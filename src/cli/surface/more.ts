import builds from './builds.json' with { type: 'json' };
import compose from './compose.json' with { type: 'json' };
import swarm from './swarm.json' with { type: 'json' };

/** Commands of plugins and swarms, as the data files have them. */
export default { ...builds, ...compose, ...swarm };
