package dev.slipway.control.port;

import java.util.function.Consumer;

/**
 * Everything outside the controller.
 *
 * @param lambda functions, versions, layers
 * @param aliases the live aliases
 * @param counters what versions count
 * @param alarms what watches versions
 * @param bundles the registry
 * @param wishes what the stacks want
 * @param pager reaches people
 * @param loops asks again soon
 * @param time clock and waiting
 * @param log one line per noteworthy thing
 */
public record World(
    LambdaControlPlane lambda,
    AliasStore aliases,
    Counters counters,
    AlarmPort alarms,
    BundleStore bundles,
    WishStore wishes,
    Pager pager,
    LoopStarter loops,
    Time time,
    Consumer<String> log) {}
