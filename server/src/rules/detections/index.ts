import { AGT } from './agt.ts';
import { CFG } from './cfg.ts';
import { CODE } from './code.ts';
import { DATA } from './data.ts';
import type { DetectionGroup } from './detection.ts';
import { INS } from './ins.ts';
import { KEY } from './key.ts';
import { LOAD } from './load.ts';
import { NBK } from './nbk.ts';
import { NET } from './net.ts';
import { OUT } from './out.ts';
import { PRM } from './prm.ts';
import { SRV } from './srv.ts';
import { TRN } from './trn.ts';

/** All groups, in the order of the coverage page. */
export const detectionGroups: readonly DetectionGroup[] = [
  LOAD,
  DATA,
  CODE,
  NET,
  PRM,
  OUT,
  AGT,
  KEY,
  SRV,
  TRN,
  NBK,
  CFG,
  INS,
];
