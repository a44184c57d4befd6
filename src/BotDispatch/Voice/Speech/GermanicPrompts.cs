namespace BotDispatch.Voice.Speech;

/// <summary>English, German and Swedish.</summary>
internal static class GermanicPrompts
{
    public static Prompts English { get; } = new()
    {
        Greeting = "Hello. This is the dispatch desk with a job for you.",
        Ticket = "Ticket {0}",
        Priority = "Priority: {0}.",
        Place = "Location: {0}.",
        Note = "Note: {0}",
        More = "The rest of the text has been left out.",
        Minus = "minus",
        LessThan = "less than",
        GreaterThan = "greater than",
        AtMost = "at most",
        AtLeast = "at least",
        Options = "Press 1 to accept. Press 2 to reject.",
        AcceptedTicket = "Thank you. You accepted ticket {0} Goodbye.",
        AcceptedJob = "Thank you. You accepted the job. Goodbye.",
        Rejected = "Understood. You rejected the job. Goodbye.",
        RejectedBefore = "You rejected this job earlier, so you cannot accept it any more. Goodbye.",
        TakenBy = "{0} has already taken this job. Thank you. Goodbye.",
        Cancelled = "This job has been cancelled. Goodbye.",
        Over = "This job is no longer available. Goodbye.",
        WrongKey = "That key is not an option.",
        TooManyWrongKeys = "We did not get a valid answer. Goodbye.",
        GoesOn = "This job is being offered to somebody else. There is nothing for you to do. Goodbye.",
        OneMoment = "Received. One moment, please.",
        NoAnswer = "No answer received. Goodbye.",
    };

    public static Prompts German { get; } = new()
    {
        Greeting = "Guten Tag. Hier ist die Einsatzplanung mit einem Auftrag für Sie.",
        Ticket = "Ticket {0}",
        Priority = "Priorität: {0}.",
        Place = "Ort: {0}.",
        Note = "Hinweis: {0}",
        More = "Der Rest des Textes wurde ausgelassen.",
        Minus = "minus",
        LessThan = "kleiner als",
        GreaterThan = "größer als",
        AtMost = "höchstens",
        AtLeast = "mindestens",
        Options = "Drücken Sie die 1, um anzunehmen. Drücken Sie die 2, um abzulehnen.",
        AcceptedTicket = "Vielen Dank. Sie haben dieses Ticket angenommen: {0} Auf Wiederhören.",
        AcceptedJob = "Vielen Dank. Sie haben den Auftrag angenommen. Auf Wiederhören.",
        Rejected = "Verstanden. Sie haben den Auftrag abgelehnt. Auf Wiederhören.",
        RejectedBefore = "Sie haben diesen Auftrag bereits abgelehnt und können ihn nicht mehr annehmen. Auf Wiederhören.",
        TakenBy = "{0} hat diesen Auftrag bereits übernommen. Vielen Dank. Auf Wiederhören.",
        Cancelled = "Dieser Auftrag wurde abgebrochen. Auf Wiederhören.",
        Over = "Dieser Auftrag ist nicht mehr verfügbar. Auf Wiederhören.",
        WrongKey = "Diese Taste ist nicht belegt.",
        TooManyWrongKeys = "Wir haben keine gültige Antwort erhalten. Auf Wiederhören.",
        GoesOn = "Dieser Auftrag wird jemand anderem angeboten. Sie müssen nichts weiter tun. Auf Wiederhören.",
        OneMoment = "Eingabe erhalten. Einen Moment, bitte.",
        NoAnswer = "Keine Antwort erhalten. Auf Wiederhören.",
    };

    public static Prompts Swedish { get; } = new()
    {
        Greeting = "Hej. Det här är arbetsledningen med ett uppdrag till dig.",
        Ticket = "Ärende {0}",
        Priority = "Prioritet: {0}.",
        Place = "Plats: {0}.",
        Note = "Meddelande: {0}",
        More = "Resten av texten har utelämnats.",
        Minus = "minus",
        LessThan = "mindre än",
        GreaterThan = "större än",
        AtMost = "högst",
        AtLeast = "minst",
        Options = "Tryck 1 för att tacka ja. Tryck 2 för att tacka nej.",
        AcceptedTicket = "Tack. Du har tagit ärende {0} Hej då.",
        AcceptedJob = "Tack. Du har tagit uppdraget. Hej då.",
        Rejected = "Då vet vi. Du har tackat nej till uppdraget. Hej då.",
        RejectedBefore = "Du har redan tackat nej till uppdraget och kan inte längre ta det. Hej då.",
        TakenBy = "{0} har redan tagit uppdraget. Tack. Hej då.",
        Cancelled = "Uppdraget har avbrutits. Hej då.",
        Over = "Uppdraget är inte längre aktuellt. Hej då.",
        WrongKey = "Det är inget giltigt val.",
        TooManyWrongKeys = "Vi fick inget giltigt svar. Hej då.",
        GoesOn = "Uppdraget går vidare till någon annan. Du behöver inte göra något. Hej då.",
        OneMoment = "Mottaget. Ett ögonblick.",
        NoAnswer = "Vi fick inget svar. Hej då.",
    };
}
