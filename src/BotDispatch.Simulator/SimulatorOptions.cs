namespace BotDispatch.Simulator;

/// <summary>The settings of the pretend Routee, fixed when it is set up.</summary>
public sealed class SimulatorOptions
{
    /// <summary>The user name of the Basic credentials at the token endpoint.</summary>
    public string ApplicationId { get; set; } = "simulator";

    /// <summary>The password of the Basic credentials at the token endpoint.</summary>
    public string ApplicationSecret { get; set; } = "simulator";

    /// <summary>How long a token lives, in real time.</summary>
    public TimeSpan TokenLifetime { get; set; } = TimeSpan.FromHours(1);

    /// <summary>The scopes of the pretend application. Without "voice" every call is refused with 403.</summary>
    public IList<string> Scopes { get; } = ["voice", "lookup", "sms", "report", "account", "contact", "number_validator"];

    /// <summary>How fast a SAY is spoken, in words per minute.</summary>
    public int WordsPerMinute { get; set; } = 160;

    /// <summary>The waits between the statuses before the phone rings.</summary>
    public StatusDelays StatusDelays { get; } = new();

    /// <summary>How long the network lets a phone ring if the order has no hangupDelay.</summary>
    public TimeSpan RingsUntil { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>How long machine detection listens before it decides.</summary>
    public TimeSpan MachineDetectionTakes { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>The length of a PLAY whose file cannot be read and whose name gives no length.</summary>
    public TimeSpan PlayLength { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>The length of a DIAL without maxDuration.</summary>
    public TimeSpan DialLength { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>The habit of a person whose phone was given no script.</summary>
    public PersonScript DefaultScript { get; set; } = new PersonScript.Manual();

    /// <summary>The hosts that may receive callbacks. An order with another host is refused.</summary>
    public ISet<string> AllowedCallbackHosts { get; } =
        new HashSet<string>(StringComparer.OrdinalIgnoreCase) { "localhost", "127.0.0.1", "[::1]" };

    /// <summary>How long a receiver of a status webhook may take, in real time.</summary>
    public TimeSpan StatusLimit { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How long a receiver of an eventUrl or dialPlanUrl POST may take, in real time.</summary>
    public TimeSpan PlanLimit { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>
    /// The clock for token lifetimes and for the time limits of receivers. A dispatch clock that runs faster does not change them.
    /// </summary>
    public TimeProvider RealTime { get; set; } = TimeProvider.System;

    /// <summary>Counts the limit of one POST per second in real time; otherwise in dispatch time.</summary>
    public bool PaceInRealTime { get; set; }

    /// <summary>How many requests, how many deliveries and how many calls are kept.</summary>
    public int HistorySize { get; set; } = 5000;

    /// <summary>How many phones are kept. Phones without a script that were idle longest are forgotten first.</summary>
    public int PhonesKept { get; set; } = 10_000;

    /// <summary>The assumed answers, at the start, to questions that Routee's documentation leaves open.</summary>
    public SimulatorSwitches Switches { get; set; } = new();

    /// <summary>The disorder on the network, at the start.</summary>
    public DisorderSwitches Disorder { get; set; } = new();
}

/// <summary>The waits between the statuses before the phone rings.</summary>
public sealed class StatusDelays
{
    /// <summary>From Queued to Initiated.</summary>
    public TimeSpan Initiated { get; set; } = TimeSpan.FromMilliseconds(200);

    /// <summary>From Initiated to Ringing, or to another status of the carrier.</summary>
    public TimeSpan Ringing { get; set; } = TimeSpan.FromSeconds(1);
}
