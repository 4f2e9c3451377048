/** A network of two zones: a web server that the internet reaches on 80, and a database behind it. */
export const SHOP = `
AWSTemplateFormatVersion: "2010-09-09"
Resources:
  Vpc: { Type: AWS::EC2::VPC, Properties: { CidrBlock: 10.0.0.0/16 } }
  Gateway: { Type: AWS::EC2::InternetGateway }
  Attachment: { Type: AWS::EC2::VPCGatewayAttachment, Properties: { VpcId: !Ref Vpc, InternetGatewayId: !Ref Gateway } }
  SubnetA:
    Type: AWS::EC2::Subnet
    Properties: { VpcId: !Ref Vpc, CidrBlock: 10.0.0.0/24, AvailabilityZone: !Select [0, !GetAZs ""], MapPublicIpOnLaunch: true }
  SubnetB:
    Type: AWS::EC2::Subnet
    Properties: { VpcId: !Ref Vpc, CidrBlock: 10.0.1.0/24, AvailabilityZone: !Select [1, !GetAZs ""], MapPublicIpOnLaunch: true }
  Routes: { Type: AWS::EC2::RouteTable, Properties: { VpcId: !Ref Vpc } }
  Route: { Type: AWS::EC2::Route, Properties: { RouteTableId: !Ref Routes, DestinationCidrBlock: 0.0.0.0/0, GatewayId: !Ref Gateway } }
  RoutesOfA: { Type: AWS::EC2::SubnetRouteTableAssociation, Properties: { RouteTableId: !Ref Routes, SubnetId: !Ref SubnetA } }
  RoutesOfB: { Type: AWS::EC2::SubnetRouteTableAssociation, Properties: { RouteTableId: !Ref Routes, SubnetId: !Ref SubnetB } }
  WebGroup:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: web
      VpcId: !Ref Vpc
      SecurityGroupIngress:
        - { IpProtocol: tcp, FromPort: 80, ToPort: 80, CidrIp: 0.0.0.0/0 }
  DataGroup:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: data
      VpcId: !Ref Vpc
      SecurityGroupEgress: [{ IpProtocol: tcp, FromPort: 65535, ToPort: 65535, CidrIp: 10.9.0.0/32 }]
      SecurityGroupIngress:
        - { IpProtocol: tcp, FromPort: 3306, ToPort: 3306, SourceSecurityGroupId: !GetAtt WebGroup.GroupId }
  Web:
    Type: AWS::EC2::Instance
    Properties: { ImageId: ami-1, SubnetId: !Ref SubnetA, SecurityGroupIds: [!GetAtt WebGroup.GroupId] }
  Subnets: { Type: AWS::RDS::DBSubnetGroup, Properties: { DBSubnetGroupDescription: data, SubnetIds: [!Ref SubnetA, !Ref SubnetB] } }
  Database:
    Type: AWS::RDS::DBInstance
    DeletionPolicy: Snapshot
    Properties:
      Engine: mysql
      Port: "3306"
      StorageEncrypted: true
      BackupRetentionPeriod: 7
      PubliclyAccessible: false
      MultiAZ: true
      DBSubnetGroupName: !Ref Subnets
      VPCSecurityGroups: [!GetAtt DataGroup.GroupId]
`;

/** The same with the database open to everybody. */
export const OPEN_SHOP = SHOP.replace('SourceSecurityGroupId: !GetAtt WebGroup.GroupId', 'CidrIp: 0.0.0.0/0').replace('PubliclyAccessible: false', 'PubliclyAccessible: true');
