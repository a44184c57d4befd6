namespace BotDispatch.Simulator;

/// <summary>What the pretend Routee is told once, when it is set up.</summary>
public sealed class SimulatorOptions
{
    /// <summary>User half of the Basic credentials on the token endpoint.</summary>
    public string ApplicationId { get; set; } = "simulator";

    /// <summary>Password half of the Basic credentials on the token endpoint.</summary>
    public string ApplicationSecret { get; set; } = "simulator";

    /// <summary>How long a token lives, in real time.</summary>
    public TimeSpan TokenLifetime { get; set; } = TimeSpan.FromHours(1);

    /// <summary>The scopes the pretend application owns; without "voice" every call is refused with 403.</summary>
    public IList<string> Scopes { get; } = ["voice", "lookup", "sms", "report", "account", "contact", "number_validator"];

    /// <summary>How fast a SAY is spoken.</summary>
    public int WordsPerMinute { get; set; } = 160;

    /// <summary>Waits between the statuses that come before the phone rings.</summary>
    public StatusDelays StatusDelays { get; } = new();

    /// <summary>How long the network lets a phone ring when the order names no hangupDelay.</summary>
    public TimeSpan RingsUntil { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>How long machine detection listens before it is sure.</summary>
    public TimeSpan MachineDetectionTakes { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>Length of a PLAY whose file cannot be read and whose name does not tell.</summary>
    public TimeSpan PlayLength { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>Length of a DIAL that names no maxDuration.</summary>
    public TimeSpan DialLength { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>What a person does whose phone was given no script.</summary>
    public PersonScript DefaultScript { get; set; } = new PersonScript.Manual();

    /// <summary>Hosts that may be called back; orders naming another host are refused.</summary>
    public ISet<string> AllowedCallbackHosts { get; } = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { "localhost", "127.0.0.1", "[::1]" };

    /// <summary>How long a receiver of a status webhook may take, in real time.</summary>
    public TimeSpan StatusLimit { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How long a receiver of an eventUrl or dialPlanUrl POST may take, in real time.</summary>
    public TimeSpan PlanLimit { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>The clock of token lives and receivers' limits, which no story clock may bend.</summary>
    public TimeProvider RealTime { get; set; } = TimeProvider.System;

    /// <summary>Counts the one POST per second in real time instead of story time.</summary>
    public bool PaceInRealTime { get; set; }

    /// <summary>How many requests, deliveries and calls are remembered, each.</summary>
    public int HistorySize { get; set; } = 5000;

    /// <summary>How many phones are remembered; the longest idle without a script go first.</summary>
    public int PhonesKept { get; set; } = 10_000;

    /// <summary>The answers to what Routee does not document, at the start.</summary>
    public SimulatorSwitches Switches { get; set; } = new();

    /// <summary>The disorder on the wire, at the start.</summary>
    public DisorderSwitches Disorder { get; set; } = new();
}

/// <summary>Waits between the statuses that come before the phone rings.</summary>
public sealed class StatusDelays
{
    /// <summary>From Queued to Initiated.</summary>
    public TimeSpan Initiated { get; set; } = TimeSpan.FromMilliseconds(200);

    /// <summary>From Initiated to Ringing, or to whatever the carrier says instead.</summary>
    public TimeSpan Ringing { get; set; } = TimeSpan.FromSeconds(1);
}
