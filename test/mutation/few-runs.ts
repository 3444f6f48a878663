/** Mutants are judged by many short looks: properties run less often than in the tests proper. */
import { configureGlobal } from "fast-check";

configureGlobal({ numRuns: 20 });
