/** Words of sentences about trouble that name nothing. What is listed here is found only when quoted, or tied to a kind or namespace. */
const WORDS = `
a abnormal abnormally about above access accessible across actually affected affecting after again ago alarm alert alerted alerts all almost already
also always am an and anomalies anomalous anomaly another any anybody anymore anyone anything are around as asap at availability available away back
bad badly be because become been before began behavior behaviour behind being below best better between both breaking broke broken bug but by call
called caller calling calls came can cannot cant cause caused causes causing certain change changed changes check checked checking clearly clients
close closed clusters code come comes coming complain complains complaint complaints completely component components configuration connect connected
connecting connection connections constantly container containers continuously could couldnt cpu crash crashed crashes crashing crashloopbackoff
current currently customer customers cut daily data day days dead debug decrease decreased degradation degrade degraded degrades delay delayed delays
deleted denied dependencies dependency deploy deployed deploying deploys did didnt different disconnected disk disrupted disruption dns do does doesnt
doing done dont down drop dropped dropping due during each early eg either else elsewhere empty end ended endpoint endpoints enough entire environment
err errimagepull error errorcode errored erroring errors etc even evening event events ever every everybody everyone everything evicted example
exceeded except exit exited exiting expected experience experienced experiencing expired fail failed failing fails failure failures fast fault faults
few fine fires firing first five fix fixed for found four frequent frequently from full fully get gets getting give given gives giving go goes going
gone good got great grpc had half hang hanging hangs happen happened happening happens hard has hasnt have having he healthy hello help her here high
him his hit hits hitting hour hours how however http https huge hung i identify ie if im imagepullbackoff images immediately impact impacted impacts
impossible in incident increase increased increasing inside instability instances instead intermittent intermittently internal interrupted
interruption into investigate investigation ip is isnt issue issues it its itself just k8s keep keeps kept kill killed kills know known kubectl
kubernetes large last late lately latency latest least left less let like likely limit limits little load loaded loading logs long longer look looking
looks loop looping loss lost lot lots low made main major make makes making manifest many matter may maybe me mean means meanwhile messages might
minute minutes missing moment more morning most mostly much multiple must my name named namespace namespaces near nearly need needs never new next
night no nobody none nor normal normally not nothing notice noticed now number occasionally occur occurring of off often oh ok okay old on once one
ones only onto oom oomkilled open opens or order other others our out outage outside over overall overloaded own page paged pager pages part partial
partially pass past pending people per performance period persistent please point poor port ports possible possibly prevent previous probably problem
problems process properly pull pulled pulling put quality queries query quick quickly quite ram random randomly rate rather reach reachable reached
reaches reaching read ready really reason reboot rebooted receive received recent recently reconnect red refuse refused refuses refusing region
rejected rejecting related released releases reported reporting reports request requests require required reset resets resolve resolved resource
resources respond responding responds response responses rest restart restarted restarting restarts result results return returned returning returns
right rollback rolled rolling rollout root run running runs said same saw say says scale scaled scaling schedule scheduled scheduling second seconds
see seeing seem seems seen send sending sent serious serve served servers serving set several severe shall she should show showing shows side
significant significantly similar since site situation slow slowdown slowed slower slowly slowness small so some somebody somehow someone something
sometimes somewhere soon sort spike spikes ssl start started starting starts startup state status stay staying still stop stopped stopping stops stuck
such sudden suddenly suffer suffering suffers support suspect symptom symptoms systems take taken takes taking tcp team tell terminated terminating
than tf thank thanks that thats the their them then there these they thing things think this those though three through throughout throughput throw
throwing throws thus tier till time timed timeout timeouts times timing tls to today together told tomorrow tonight too took total totally toward
tried try trying turn twice two type udp unable unavailability unavailable unclear under understand unexpected unexpectedly unhealthy unknown
unreachability unreachable unresponsive unstable until up updated updates upgrade upgraded upon urgent url us usage use used user users uses using
usual usually version very via wait waiting wants warning warnings was wasnt way we week weeks weird well went were werent what whatever when whenever
where whether which while who whole whose why will with within without wont work worked working works would wouldnt wrong wtf year yes yesterday yet you
your yours zero
`;
const EVERYDAY: ReadonlySet<string> = new Set(WORDS.trim().split(/\s+/));

export function isEveryday(word: string): boolean {
  return EVERYDAY.has(word.toLowerCase());
}
