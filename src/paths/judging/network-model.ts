import { ConnectionJudge } from './connection-judge';
import { GroupFilter } from './group-filter';
import { NetworkAclFilter } from './network-acl-filter';
import { Routing } from './routing';
import { AppModel } from '../../app-model/app-model';
import type { AssemblyContent } from '../../template/stack-template';

/** The facts of an app, with what decides whether one part of it can connect to another. */
export class NetworkModel extends AppModel {
  public readonly filter: GroupFilter;
  public readonly judge: ConnectionJudge;

  public constructor(content: AssemblyContent) {
    super(content);
    this.filter = new GroupFilter(this.securityGroups);
    this.judge = new ConnectionJudge(this.filter, new Routing(this.model, this.subnets, new NetworkAclFilter(this.networkAcls)));
  }
}
