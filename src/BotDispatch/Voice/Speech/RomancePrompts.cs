namespace BotDispatch.Voice.Speech;

/// <summary>French, Italian, Portuguese and Spanish.</summary>
internal static class RomancePrompts
{
    public static Prompts French { get; } = new()
    {
        Greeting = "Bonjour. Ici le service des interventions : nous avons une mission pour vous.",
        Ticket = "Ticket {0}",
        Priority = "Priorité : {0}.",
        Place = "Lieu : {0}.",
        Note = "Remarque : {0}",
        More = "La suite du texte a été omise.",
        Options = "Appuyez sur 1 pour accepter. Appuyez sur 2 pour refuser.",
        AcceptedTicket = "Merci. Vous avez accepté le ticket {0} Au revoir.",
        AcceptedJob = "Merci. Vous avez accepté la mission. Au revoir.",
        Rejected = "C'est noté. Vous avez refusé la mission. Au revoir.",
        RejectedBefore = "Vous avez déjà refusé cette mission et ne pouvez plus l'accepter. Au revoir.",
        TakenBy = "Cette mission est déjà prise en charge par {0}. Merci. Au revoir.",
        Cancelled = "Cette mission a été annulée. Au revoir.",
        Over = "Cette mission n'est plus disponible. Au revoir.",
        WrongKey = "Cette touche ne correspond à aucun choix.",
        TooManyWrongKeys = "Nous n'avons pas reçu de réponse valable. Au revoir.",
        GoesOn = "Cette mission est proposée à quelqu'un d'autre. Vous n'avez rien à faire. Au revoir.",
        OneMoment = "Bien reçu. Un instant, s'il vous plaît.",
        NoAnswer = "Nous n'avons reçu aucune réponse. Au revoir.",
    };

    public static Prompts Italian { get; } = new()
    {
        Greeting = "Buongiorno. È il servizio interventi: c'è un lavoro per Lei.",
        Ticket = "Ticket {0}",
        Priority = "Priorità: {0}.",
        Place = "Luogo: {0}.",
        Note = "Nota: {0}",
        More = "Il resto del testo è stato omesso.",
        Options = "Prema 1 per accettare. Prema 2 per rifiutare.",
        AcceptedTicket = "Grazie. Ha accettato il ticket {0} Arrivederci.",
        AcceptedJob = "Grazie. Ha accettato il lavoro. Arrivederci.",
        Rejected = "Ricevuto. Ha rifiutato il lavoro. Arrivederci.",
        RejectedBefore = "Ha già rifiutato questo lavoro e non può più accettarlo. Arrivederci.",
        TakenBy = "Questo lavoro è già stato preso da {0}. Grazie. Arrivederci.",
        Cancelled = "Questo lavoro è stato annullato. Arrivederci.",
        Over = "Questo lavoro non è più disponibile. Arrivederci.",
        WrongKey = "Questo tasto non corrisponde ad alcuna scelta.",
        TooManyWrongKeys = "Non abbiamo ricevuto una risposta valida. Arrivederci.",
        GoesOn = "Questo lavoro viene proposto a qualcun altro. Non deve fare nulla. Arrivederci.",
        OneMoment = "Ricevuto. Un momento, per favore.",
        NoAnswer = "Non abbiamo ricevuto risposta. Arrivederci.",
    };

    public static Prompts Portuguese { get; } = new()
    {
        Greeting = "Olá. Aqui é da central de atendimento, com um serviço para você.",
        Ticket = "Chamado {0}",
        Priority = "Prioridade: {0}.",
        Place = "Local: {0}.",
        Note = "Observação: {0}",
        More = "O restante do texto foi omitido.",
        Options = "Pressione 1 para aceitar. Pressione 2 para recusar.",
        AcceptedTicket = "Obrigado. Você aceitou o chamado {0} Até logo.",
        AcceptedJob = "Obrigado. Você aceitou o serviço. Até logo.",
        Rejected = "Entendido. Você recusou o serviço. Até logo.",
        RejectedBefore = "Você já recusou este serviço e não pode mais aceitá-lo. Até logo.",
        TakenBy = "Este serviço já foi assumido por {0}. Obrigado. Até logo.",
        Cancelled = "Este serviço foi cancelado. Até logo.",
        Over = "Este serviço não está mais disponível. Até logo.",
        WrongKey = "Essa tecla não é uma opção.",
        TooManyWrongKeys = "Não recebemos uma resposta válida. Até logo.",
        GoesOn = "Este serviço será oferecido a outra pessoa. Você não precisa fazer nada. Até logo.",
        OneMoment = "Recebido. Um momento, por favor.",
        NoAnswer = "Nenhuma resposta recebida. Até logo.",
    };

    public static Prompts Spanish { get; } = new()
    {
        Greeting = "Hola. Le llamamos del servicio de asistencia: hay un trabajo para usted.",
        Ticket = "Incidencia {0}",
        Priority = "Prioridad: {0}.",
        Place = "Lugar: {0}.",
        Note = "Nota: {0}",
        More = "El resto del texto se ha omitido.",
        Options = "Pulse 1 para aceptar. Pulse 2 para rechazar.",
        AcceptedTicket = "Gracias. Ha aceptado la incidencia {0} Adiós.",
        AcceptedJob = "Gracias. Ha aceptado el trabajo. Adiós.",
        Rejected = "De acuerdo. Ha rechazado el trabajo. Adiós.",
        RejectedBefore = "Ya había rechazado este trabajo y no puede aceptarlo. Adiós.",
        TakenBy = "{0} ya se ha hecho cargo de este trabajo. Gracias. Adiós.",
        Cancelled = "Este trabajo se ha cancelado. Adiós.",
        Over = "Este trabajo ya no está disponible. Adiós.",
        WrongKey = "Esa tecla no es una opción.",
        TooManyWrongKeys = "No hemos recibido una respuesta válida. Adiós.",
        GoesOn = "Este trabajo se ofrece a otra persona. No tiene que hacer nada. Adiós.",
        OneMoment = "Recibido. Un momento, por favor.",
        NoAnswer = "No se ha recibido respuesta. Adiós.",
    };

    public static Prompts LatinAmericanSpanish { get; } = Spanish with
    {
        Ticket = "Ticket {0}",
        More = "El resto del texto fue omitido.",
        Options = "Presione 1 para aceptar. Presione 2 para rechazar.",
        AcceptedTicket = "Gracias. Usted aceptó el ticket {0} Hasta luego.",
        AcceptedJob = "Gracias. Usted aceptó el trabajo. Hasta luego.",
        Rejected = "Entendido. Usted rechazó el trabajo. Hasta luego.",
        RejectedBefore = "Usted ya rechazó este trabajo y no puede aceptarlo. Hasta luego.",
        TakenBy = "{0} ya tomó este trabajo. Gracias. Hasta luego.",
        Cancelled = "Este trabajo fue cancelado. Hasta luego.",
        Over = "Este trabajo ya no está disponible. Hasta luego.",
        TooManyWrongKeys = "No recibimos una respuesta válida. Hasta luego.",
        GoesOn = "Este trabajo se ofrecerá a otra persona. No tiene que hacer nada. Hasta luego.",
        NoAnswer = "No se recibió respuesta. Hasta luego.",
    };
}
